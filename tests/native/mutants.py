"""Servers that each break one promise of the real one, for the checks to be tried on."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from email_triage_env.models import EmailTriageObservation, EmailTriageState
from email_triage_env.server.app import MAX_MESSAGE_BYTES, create_app
from email_triage_env.server.environment import TriageEnvironment
from email_triage_env.server.received import ReceivedAction
from email_triage_env.server.splits import ChoiceError
from email_triage_env.server.tool import TriageTool
from environment import EmailTriageEnv
from tasks import EASY_CASES
from threaded import serving_app

Seen = EmailTriageObservation


@contextmanager
def serving(mutant: type[TriageEnvironment], most_bytes: int = MAX_MESSAGE_BYTES) -> Iterator[str]:
    """Serve an environment from a thread, and return where."""
    app = create_app(mutant)
    if mutant is AnswersRoute:
        app.add_api_route("/answers", lambda: {"easy-01": EASY_CASES[0].model_dump()})
    with serving_app(app, most_bytes) as url:
        yield url


def changed(seen: Seen, **fields: Any) -> Seen:  # noqa: ANN401 # any field
    """Return an observation with other fields, and with more metadata."""
    metadata = {**seen.metadata, **fields.pop("metadata", {})}
    other: Seen = seen.model_copy(update={**fields, "metadata": metadata})
    return other


class OfferedTool(TriageTool):
    """A tool of some name that asks for nothing."""

    def __init__(self, name: str) -> None:
        """Offer it."""
        self._name = name

    async def list_tools(self) -> list[dict[str, Any]]:
        """List it."""
        return [{"name": self._name, "description": "", "inputSchema": {"type": "object"}}]


class Mutant(TriageEnvironment):
    """The real one; a mutant overrides `shown` or more."""

    def shown(self, seen: Seen) -> Seen:
        """Change what is answered."""
        return seen

    def reset(self, *arguments: Any, **choice: Any) -> Seen:  # noqa: ANN401 # as the real one
        """Reset, and change the answer."""
        return self.shown(super().reset(*arguments, **choice))

    def step(self, action: ReceivedAction, *arguments: Any, **options: Any) -> Seen:  # noqa: ANN401
        """Step, and change the answer."""
        return self.shown(super().step(action, *arguments, **options))

    def truth(self, seen: Seen) -> Any:  # noqa: ANN401 # an answer, or none
        """Return the answer to the email that is shown."""
        return self._open()._task.ground_truth.get(seen.email_id)


class SummaryInMetadata(Mutant):
    """Sends the reference summary along."""

    def shown(self, seen: Seen) -> Seen:
        """Add it."""
        truth = self.truth(seen)
        return changed(seen, metadata={"hint": truth.reference_summary if truth else ""})


class FactInFeedback(Mutant):
    """Quotes what the grader looks for."""

    def shown(self, seen: Seen) -> Seen:
        """Add it."""
        truth = self.truth(seen)
        longest = max((text for fact in truth.facts for text in fact), key=len) if truth else ""
        return changed(seen, metadata={"feedback": f"write {longest}"})


class LabelInObservation(Mutant):
    """Has a field that no observation has."""

    def shown(self, seen: Seen) -> Seen:
        """Add it."""
        truth = self.truth(seen)
        return changed(seen, metadata={"label": truth.label if truth else ""})


class HintInMail(Mutant):
    """Writes the label into the mail."""

    def shown(self, seen: Seen) -> Seen:
        """Write it."""
        truth = self.truth(seen)
        return changed(seen, body=f"{seen.body} ({truth.label})") if truth else seen


class HintInPolicy(Mutant):
    """Says something else about each inbox."""

    def shown(self, seen: Seen) -> Seen:
        """Say it."""
        return changed(seen, metadata={"labels": "spam"})


class SilentPolicy(Mutant):
    """Keeps the rules from whoever sees observations alone."""

    def shown(self, seen: Seen) -> Seen:
        """Leave them out."""
        return changed(seen, policy="")


class OtherPoints(Mutant):
    """Promises other points than the grader gives."""

    def reset(self, *arguments: Any, **choice: Any) -> Seen:  # noqa: ANN401 # as the real one
        """Promise them."""
        seen = super().reset(*arguments, **choice)
        return changed(seen, metadata={"points": {**seen.metadata["points"], "label": 0.9}})


class TellingFeedback(Mutant):
    """Names the right team after the decision."""

    def step(self, action: ReceivedAction, *arguments: Any, **options: Any) -> Seen:  # noqa: ANN401
        """Name one."""
        return changed(super().step(action, *arguments, **options), metadata={"feedback": "legal"})


class TellingError(Mutant):
    """Quotes a reason when it is asked for what it does not have."""

    def reset(self, *arguments: Any, **choice: Any) -> Seen:  # noqa: ANN401 # as the real one
        """Quote it."""
        try:
            return super().reset(*arguments, **choice)
        except ChoiceError as error:
            case = EASY_CASES[0].model_dump()
            raise ChoiceError(case["why"]) from error


class AnswersRoute(Mutant):
    """Has a route that tells all; see `serving`."""


class LabelInTask(Mutant):
    """Gives the first label away in the Task API."""

    def get_task(self, split: str, index: int) -> dict[str, Any]:
        """Add it."""
        task = super().get_task(split, index)
        return {**task, "label": "urgent"} if split == "headline" else task


class MoreInTask(Mutant):
    """Adds a field to the Task API whose name says nothing."""

    def get_task(self, split: str, index: int) -> dict[str, Any]:
        """Add it."""
        return {**super().get_task(split, index), "note": 3}


class SeedIgnored(Mutant):
    """Opens the same inbox whatever the seed."""

    def reset(self, seed: int | None = None, *arguments: Any, **choice: Any) -> Seen:  # noqa: ANN401
        """Drop it."""
        return super().reset(None if seed is None else 1, *arguments, **choice)


class SeedNotEnough(Mutant):
    """Opens any inbox for a seed."""

    def reset(self, seed: int | None = None, *arguments: Any, **choice: Any) -> Seen:  # noqa: ANN401
        """Draw one."""
        drawn = None if seed is None else random.randrange(30_000)  # noqa: S311 # no secret
        return super().reset(drawn, *arguments, **choice)


class SharedInbox(Mutant):
    """All sessions work one inbox."""

    shared: EmailTriageEnv

    def _begin(self, env: EmailTriageEnv, episode_id: str | None) -> None:
        super()._begin(env, episode_id)
        SharedInbox.shared = env

    def _open(self) -> EmailTriageEnv:
        return SharedInbox.shared


class CountsResets(Mutant):
    """Remembers the episode before."""

    resets = 0

    def reset(self, *arguments: Any, **choice: Any) -> Seen:  # noqa: ANN401 # as the real one
        """Count it."""
        self.resets += 1
        return changed(super().reset(*arguments, **choice), step_number=self.resets)


class State(Mutant):
    """The real one; its subclasses tell another state."""

    told: ClassVar[dict[str, Any]]

    @property
    def state(self) -> EmailTriageState:
        """Tell it."""
        state: EmailTriageState = super().state.model_copy(update=self.told)
        return state


class FrozenCount(State):
    """Never counts a step."""

    told: ClassVar[dict[str, Any]] = {"step_count": 0}


class NoRewards(State):
    """Keeps no rewards."""

    told: ClassVar[dict[str, Any]] = {"reward_history": []}


class NoActions(State):
    """Keeps no actions."""

    told: ClassVar[dict[str, Any]] = {"action_history": []}


class OtherEpisode(State):
    """Calls the episode something else."""

    told: ClassVar[dict[str, Any]] = {"episode_id": "another"}


class OtherTool(Mutant):
    """Offers a tool that nobody declared."""

    mcp_client = OfferedTool("archive")


class LooseTool(Mutant):
    """Lets a call leave out what no action may."""

    mcp_client = OfferedTool("triage")


class OneMore(Mutant):
    """Counts one inbox more than it has."""

    def num_tasks(self, split: str) -> int:
        """Miscount."""
        return super().num_tasks(split) + 1


class ShortList(Mutant):
    """Lists fewer inboxes than it counts."""

    def list_tasks(self, split: str) -> list[dict[str, Any]]:
        """Leave one out."""
        return super().list_tasks(split)[1:]


class FlatReward(Mutant):
    """Pays the same whatever the leaves say."""

    def shown(self, seen: Seen) -> Seen:
        """Pay it."""
        return changed(seen, reward=0.5)


class NoisyReward(Mutant):
    """Pays a little more or less each time."""

    def shown(self, seen: Seen) -> Seen:
        """Draw the rest."""
        return changed(seen, reward=random.random())  # noqa: S311 # no secret


class DeadLeaf(Mutant):
    """Books penalties as efficiency."""

    def shown(self, seen: Seen) -> Seen:
        """Move them."""
        leaves = dict(seen.metadata.get("rubric", {}))
        if leaves:
            leaves["efficiency"] += leaves["penalties"]
            leaves["penalties"] = 0.0
        return changed(seen, metadata={"rubric": leaves} if leaves else {})


class LessPay(Mutant):
    """Nobody can score all there is."""

    def shown(self, seen: Seen) -> Seen:
        """Take some away."""
        score = seen.metadata.get("episode_score")
        return changed(seen, metadata={} if score is None else {"episode_score": 0.9 * score})


class PaysAll(Mutant):
    """Whoever comes to the end scores well."""

    def shown(self, seen: Seen) -> Seen:
        """Pay."""
        return changed(seen, metadata={"episode_score": 0.6} if seen.done else {})


class PaysNonsense(Mutant):
    """What is no decision is paid, too."""

    def shown(self, seen: Seen) -> Seen:
        """Pay."""
        return changed(seen, reward=0.6) if "error" in seen.metadata else seen


class CutsShort(Mutant):
    """Takes the beginning of a summary that is too long."""

    def step(self, action: ReceivedAction, *arguments: Any, **options: Any) -> Seen:  # noqa: ANN401
        """Cut it."""
        short = str(action.summary)[:100]
        return super().step(action.model_copy(update={"summary": short}), *arguments, **options)


class OtherMail(Mutant):
    """Shows a mail under the name of another."""

    def reset(self, *arguments: Any, **choice: Any) -> Seen:  # noqa: ANN401 # as the real one
        """Show it."""
        seen = super().reset(*arguments, **choice)
        return changed(seen, email_id=list(self._open()._task.ground_truth)[1])
