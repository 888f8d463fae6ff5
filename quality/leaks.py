"""Leaks: what a server must not say, and how it is found in what it said.

The answers are known on this side only: they are compared with texts that a client received.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from deck import deal_reasons
from deck.carriers import CARRIERS
from deck.mail import MAIL
from deck.storyline import Storyline
from models import Case, Email, GroundTruth, Task
from tasks import EASY_CASES, HARD_CASES, MEDIUM_CASES, POLICY, TASKS, versions

# So many words in a row are not the same by chance.
RUN: Final = 5
# A shorter wording of a fact is ordinary English, which an error message may use, too.
FEWEST_WORDS: Final = 3
DECIDED: Final = frozenset({"label", "route_to"})
# Fields of an answer, which no answer to a client has; "secrets" and the like are whole keys.
FIELDS: Final = (frozenset(GroundTruth.model_fields) - DECIDED) | {"ground_truth", "truth", "why"}
_FIELD_WORDS: Final = tuple(sorted(name for name in FIELDS if "_" in name or name == "memoryless"))
_GAP: Final = re.compile(r"\{[^}]*\}")


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case and without punctuation."""
    return re.findall(r"\w+", text.casefold())


def emails_of(task: Task) -> Iterator[Email]:
    """Yield every email of an inbox, both versions of a follow-up."""
    for item in task.emails:
        yield from versions(item)


def texts_of(value: object) -> Iterator[str]:
    """Yield every text in a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item)


class Answers:
    """The answers to some inboxes, and the reasons of all there are."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        """Learn them."""
        inboxes = list(tasks)
        self._secret = _runs_of_answers(inboxes) - _runs_of_mail(inboxes)
        self._wordings = {task.task_id: _unsaid_wordings(task) for task in inboxes}

    def __len__(self) -> int:
        """Return how many runs of words and wordings are looked for."""
        return len(self._secret) + sum(map(len, self._wordings.values()))

    def found_in(self, answer: str, task_id: str | None = None) -> str | None:
        """Say what of the answers stands in what a server sent.

        Args:
            answer: The body of a response, or a frame.
            task_id: The inbox it is about, if it is about one.

        Returns:
            What was found, or `None`.
        """
        try:
            value = json.loads(answer)
        except ValueError:
            value = answer
        field = next(_fields(value), None) or next(
            (name for name in _FIELD_WORDS if name in answer), None
        )
        if field:
            return f"the field {field!r}"
        for text in texts_of(value):
            spoken = words(text)
            run = next((run for run in _runs(spoken) if run in self._secret), None)
            if run:
                return f"words of an answer: {' '.join(run)!r}"
            padded = f" {' '.join(spoken)} "
            for wording in self._wordings.get(task_id or "", ()):
                if wording in padded:
                    return f"an accepted wording of a fact: {wording.strip()!r}"
        return None


def _fields(value: Any, parent: str = "") -> Iterator[str]:  # noqa: ANN401 # any JSON
    """Yield every key that only an answer has."""
    if isinstance(value, list):
        for item in value:
            yield from _fields(item, parent)
    elif isinstance(value, dict):
        for name, item in value.items():
            # In an episode's state these are what the client itself has sent.
            decided = name in DECIDED and isinstance(item, str) and parent != "action_history"
            if name in FIELDS or decided:
                yield name
            yield from _fields(item, name)


def _runs_of_answers(tasks: Iterable[Task]) -> set[tuple[str, ...]]:
    """Return the runs of words of every reason and reference summary."""
    # A storyline's gaps are filled only when it is dealt.
    texts = [
        piece
        for case in _all_cases()
        for text in (case.why, case.truth.reference_summary)
        for piece in _GAP.split(text)
    ]
    for task in tasks:
        texts += [truth.reference_summary for truth in task.ground_truth.values()]
        # At a desk of its own the reasons are that desk's.
        texts += [] if task.task_id in TASKS else deal_reasons(task.task_id).values()
    return {run for text in texts for run in _runs(words(text))}


def _runs_of_mail(tasks: Iterable[Task]) -> set[tuple[str, ...]]:
    """Return the runs of words of every policy and mail, which a client may hear."""
    texts = [POLICY, *(task.description for task in tasks)]
    texts += [
        piece for case in _all_cases() for text in _mail(case.email) for piece in _GAP.split(text)
    ]
    texts += [text for task in tasks for email in emails_of(task) for text in _mail(email)]
    return {run for text in texts for run in _runs(words(text))}


def _unsaid_wordings(task: Task) -> set[str]:
    """Return the longer wordings of facts that stand in no mail of an inbox."""
    mails = [text for mail in emails_of(task) for text in _mail(mail)]
    said = {_padded(text) for text in (task.description, *mails)}
    wordings = {
        _padded(wording)
        for truth in task.ground_truth.values()
        for fact in truth.facts
        for wording in fact
        if len(words(wording)) >= FEWEST_WORDS
    }
    return {wording for wording in wordings if not any(wording in text for text in said)}


def _all_cases() -> Iterator[Case]:
    stories: Iterable[Storyline] = chain(*MAIL.values(), *CARRIERS.values())
    every = chain(EASY_CASES, MEDIUM_CASES, HARD_CASES, *(story.cases for story in stories))
    return (version for case in every for version in versions(case))


def _mail(email: Email) -> tuple[str, ...]:
    return (email.sender, email.subject, email.body, *email.thread_history)


def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "


def _runs(spoken: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(spoken[i : i + RUN]) for i in range(len(spoken) - RUN + 1))
