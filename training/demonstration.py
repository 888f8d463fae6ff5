"""A language model learns the inbox, from start to end: one command, resumed by the same command.

    python -m training.demonstration --output demonstration --short      one seed, on two cores
    python -m training.demonstration --output demonstration              three seeds, on a GPU
    python -m training.demonstration --output all --together one two     what other folders hold

Starts a server of its own and fetches SmolLM2 where it is not there. Measured are the model as it
is, after supervised learning from several numbers of demonstrated inboxes, and after the reward;
on inboxes of `train` that it has never played, on `test`, whose stories are by other hands, and on
desks of `test` whose teams and rules differ. Seeds can run beside each other, in folders of their
own.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from pydantic import Field

from tools.episodes.playing import Player
from tools.serving import serving
from training import base_model, demonstrations, evaluate
from training.command import CommandSettings, parse_settings, status_of
from training.evaluation.constant import Inboxes, best_constant
from training.evaluation.summary import page
from training.evaluation.together import (
    BASE,
    CONSTANT,
    HELD_OUT,
    SEED,
    TRAINED,
    Together,
    warm,
)
from training.language import mail_rewards, train, warm_start
from training.language.loading import load_policy
from training.language.mail_policy import MailPolicy
from training.language.saving import ADAPTER, MODEL_FILE
from training.language.scale import FULL, SHORT, Scale
from training.language.weights import is_adapter
from training.output import check_record, held, write_json

LOGGER: Final = logging.getLogger(__name__)
SERVER: Final = "email_triage_env.server.app"
FIRST_DEMONSTRATION: Final = 20_000
# No seed trains on inboxes from here on.
FRESH: Final = 28_000
# Of the first inboxes that two seeds train on; none trains on so many.
SEED_STRIDE: Final = 3_000
RESULTS: Final = "results.json"
FIGURES: Final = "plots"
AGAIN: Final = "The same command goes on with the stage it was at."


class DemonstrationSettings(CommandSettings):
    """How much is done, and where to."""

    output: Path = Field(description="a folder for runs and figures; the same one resumes it")
    short: bool = Field(default=False, description="what two processor cores do in minutes")
    model: Path = Field(default=Path("runs/smollm2"), description="fetched if it is not there")
    seeds: list[int] = Field(default=[], description="0 1 2, and 0 in the short form")
    together: list[Path] = Field(
        default=[], description="nothing is trained: folders of runs with other seeds"
    )
    reader: Path | None = Field(
        default=None, description="results.json of training.reader.demonstration, as a baseline"
    )


def main(arguments: list[str] | None = None) -> int:
    """Do it all and print the tables; return the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    module = "training.demonstration"
    return status_of(
        lambda: run(parse_settings(DemonstrationSettings, arguments, module, __doc__ or "")), AGAIN
    )


def run(settings: DemonstrationSettings) -> None:
    """Train, evaluate, draw, and print the tables.

    Args:
        settings: How much is done, and where to.

    Raises:
        SettingsError: If the folder holds a demonstration with other settings.
        IncompleteError: If folders that shall be put together cannot be.
        OutputError: If the folder cannot be written, or another process writes it.
        ServerError: If the server stops answering.
    """
    scale = SHORT if settings.short else FULL
    with held(settings.output):
        if not settings.together:
            check_record(settings.output, {"scale": scale._asdict(), "model": str(settings.model)})
            _measure(settings, scale)
        together = Together(settings.together or [settings.output])
        results = together.results(settings.reader)
        write_json(settings.output / RESULTS, results)
        together.draw(settings.output / FIGURES)
    sys.stdout.write(f"{page(results)}\n")


def _measure(settings: DemonstrationSettings, scale: Scale) -> None:
    seeds = settings.seeds or list(range(scale.seeds))
    if not (settings.model / MODEL_FILE).exists():
        LOGGER.info("%s: fetching the model", settings.model)
        base_model.run(base_model.BaseModelSettings(output=settings.model))
    # Some of the sessions before may still be closing.
    sessions = {"MAX_CONCURRENT_ENVS": str(2 * max(scale.evaluated, mail_rewards.SESSIONS))}
    with serving(SERVER, settings.output / "server.log", sessions) as server:
        shown = demonstrations.collect(
            server.url,
            settings.output / "demonstrations",
            max(scale.demonstrated),
            start=FIRST_DEMONSTRATION,
        )
        _once(
            settings.output / CONSTANT, lambda: best_constant(server.url, sets_of(scale.evaluated))
        )
        # Asked as the trained ones are, so that nothing but the training differs.
        untrained = partial(MailPolicy.load, settings.model, prompt=scale.prompt())
        _evaluate(server.url, scale, untrained, settings.output / BASE, "base model")
        for seed in seeds:
            _seed(settings, scale, seed, server.url, shown)


def _seed(settings: DemonstrationSettings, scale: Scale, seed: int, url: str, shown: Path) -> None:
    folder = settings.output / f"{SEED}{seed}"
    for count in scale.demonstrated:
        taught = folder / warm(count)
        if not is_adapter(taught / ADAPTER):
            LOGGER.info("seed %d, supervised on %d inboxes", seed, count)
            warm_start.run(scale.warm_start(settings.model, shown, taught, count, seed))
        only = None if count == scale.begin else [HELD_OUT]
        learned = partial(load_policy, taught / ADAPTER)
        _evaluate(url, scale, learned, taught, f"seed {seed}, {count} inboxes", only)
    trained = folder / TRAINED
    if not is_adapter(trained / ADAPTER):
        LOGGER.info("seed %d, learning from the reward", seed)
        begin = folder / warm(scale.begin) / ADAPTER
        train.run(scale.reward(begin, trained, url, seed, SEED_STRIDE * seed))
    learned = partial(load_policy, trained / ADAPTER)
    _evaluate(url, scale, learned, trained, f"seed {seed}, after the reward")


def sets_of(count: int) -> dict[str, Inboxes]:
    """Return the inboxes of an evaluation, by the name of each set.

    Args:
        count: How many there are in each.

    Returns:
        Fresh ones of `train`, those of `test`, and those of `test` at desks of their own.
    """
    mixed = evaluate.MAIL.splits.MIXED
    return {
        "train": Inboxes("train", mixed, FRESH, count),
        "test": Inboxes("test", mixed, 0, count),
        "varied": Inboxes("test", "varied", 0, count),
    }


def _evaluate(
    url: str,
    scale: Scale,
    policy: Callable[[], Player],
    folder: Path,
    name: str,
    only: Sequence[str] | None = None,
) -> None:
    for kind, inboxes in sets_of(scale.evaluated).items():
        if only is None or kind in only:
            measure = partial(_evaluated, url, policy, inboxes, f"{name}, {kind}")
            _once(folder / f"{kind}.json", measure)


def _evaluated(
    url: str, policy: Callable[[], Player], inboxes: Inboxes, name: str
) -> dict[str, Any]:
    LOGGER.info("%s: playing %d inboxes", name, inboxes.many)
    return evaluate.run(
        evaluate.EvaluationSettings(
            policy=name,
            env_url=url,
            split=inboxes.split,
            difficulty=inboxes.difficulty,
            start=inboxes.start,
            episodes=inboxes.many,
            # All at once, so that the model answers in the largest batches there are.
            sessions=inboxes.many,
        ),
        policy(),
    )


def _once(path: Path, measure: Callable[[], dict[str, Any]]) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, measure())


if __name__ == "__main__":
    sys.exit(main())
