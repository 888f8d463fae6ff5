"""What crosses OpenEnv's wire: the fields of the root models, with those that OpenEnv adds.

Nothing here decides or grades. A client imports this module, so it imports no server code.
"""

from typing import Any

from openenv.core.env_server.types import Action, Observation, State
from pydantic import ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from models import EmailObservation, EnvironmentState, TriageAction


class EmailTriageAction(Action):
    """A decision as it arrives: anything, because what is no decision costs a step and no session.

    OpenEnv answers an action that its model refuses with a protocol error, and nothing happens to
    the episode. Here the environment itself must refuse it, so the model accepts what comes. Its
    JSON schema, which `/schema` shows, is the strict one of `TriageAction`.
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
        """Describe what is a valid decision, and OpenEnv's own optional field."""
        schema = handler.resolve_ref_schema(handler(TriageAction.__pydantic_core_schema__))
        metadata = {"type": "object", "title": "Metadata", "description": "Ignored."}
        return {
            **schema,
            "title": cls.__name__,
            "properties": {**schema["properties"], "metadata": metadata},
        }


class EmailTriageObservation(EmailObservation, Observation):
    """An email, with OpenEnv's `done`, `reward` and `metadata`.

    `metadata` is what the root calls `info`: after a reset the policy, labels and teams, after a
    step the score by component and, in `rubric`, what each leaf of the rubric says.
    """


class EmailTriageState(EnvironmentState, State):
    """An episode so far, with OpenEnv's `episode_id` and `step_count`.

    `episode_score` is what the episode is worth so far: the scores of the emails decided, over the
    number of all emails, so that it only grows and ends as the episode's score.
    """

    episode_score: float = 0.0
