"""An action as it arrives: anything, because what is no action costs a step and no session."""

from typing import Any

from openenv.core.env_server.types import Action
from pydantic import ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from python_env.models import PythonReviewAction


class ReceivedAction(Action):
    """Whatever a client sent for an action.

    OpenEnv answers what its model of an action refuses with an error of the protocol, and the
    episode knows nothing of it. Here the environment refuses, so this model takes what comes. It
    has the fields of the strict one, of which OpenEnv's page makes a form, and shows its schema.
    """

    model_config = ConfigDict(extra="allow")

    operation: Any = None
    kind: Any = None
    severity: Any = None
    first_line: Any = None
    last_line: Any = None
    rationale: Any = None
    recommendation: Any = None
    reproduction: Any = None
    slot: Any = None
    level: Any = None
    patch: Any = None
    verdict: Any = None
    metadata: Any = None

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe what is an action, which is what `/schema` shows."""
        return handler.resolve_ref_schema(handler(PythonReviewAction.__pydantic_core_schema__))

    def sent(self) -> dict[str, Any]:
        """Return what was sent for an action, by name."""
        given = {**vars(self), **(self.model_extra or {})}
        return {name: given[name] for name in self.model_fields_set if name != "metadata"}
