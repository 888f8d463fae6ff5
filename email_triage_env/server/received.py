"""An action as it arrives: anything, because what is no decision costs a step and no session."""

from typing import Any

from openenv.core.env_server.types import Action
from pydantic import ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from email_triage_env.models import EmailTriageAction


class ReceivedAction(Action):
    """Whatever a client sent for a decision.

    OpenEnv answers an action that its model refuses with a protocol error, and nothing happens to
    the episode. Here the environment itself must refuse it, so the model accepts what comes. Its
    JSON schema, which `/schema` shows, is the strict one of `EmailTriageAction`.
    """

    model_config = ConfigDict(extra="allow")

    label: Any = None
    summary: Any = None
    route_to: Any = None
    metadata: Any = None

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe what is a valid decision."""
        return handler.resolve_ref_schema(handler(EmailTriageAction.__pydantic_core_schema__))
