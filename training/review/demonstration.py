"""SmolLM2 on the code-review environment, small: zero-shot, after demonstrations, after the reward.

    python -m training.review.demonstration --output runs/review --demonstrations runs/reviews

Wants the environment's server (`python -m python_env.server.app`, in python_env's own Python
environment) and easy reviews of train that `tools.collect` wrote; see training/README.md. One
operation is asked for, as training/review/texts.py says, so a patch earns nothing here. The same
command goes on with the stage it was at.
"""

import json
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from datasets import Dataset
from pydantic import Field
from transformers import PreTrainedModel, PreTrainedTokenizerBase
from trl import GRPOConfig

from python_env.client import PythonEnv
from python_env.models import PythonReviewObservation
from tools.episodes.collection import EPISODES
from tools.episodes.playing import Answer, Player, play_all
from training import demonstrations
from training.command import CommandSettings, parse_settings, status_of
from training.evaluation import plots
from training.evaluation.figures import reward_curve
from training.language import warm_start
from training.language.progress import Progress, instead_of_a_bar
from training.language.saving import ADAPTER, CHECKPOINTS, newest_checkpoint, save
from training.language.shared_prompts import SharedPromptTrainer, score_answers_alone
from training.language.warm_start import WarmStartSettings
from training.language.weights import (
    computing,
    is_adapter,
    load_adapter,
    load_model,
    load_tokenizer,
)
from training.language.writer import Writer
from training.output import check_record, held, whole, write_json
from training.review.policy import ReviewPolicy
from training.review.rewards import SESSIONS, WEIGHTS, ReviewRewards, figures, saying
from training.review.texts import APPROVE, review_messages, review_text
from training.triage_tool import server_url

LOGGER: Final = logging.getLogger(__name__)
AGAIN: Final = "The same command goes on with the stage it was at."
EASY: Final = "easy"
# No review that is learned from has these numbers.
FIRST_TRAINED: Final = 1_000
FRESH: Final = 3_000
ANSWER_TOKENS: Final = 96
# Prompts are long, and what a model keeps of them takes memory.
AT_ONCE: Final = 16
LAYERS: Final = 15
STAGES: Final = {"base": "base model", "warm": "after demonstrations", "reward": "after the reward"}
SETS: Final = {"train": FRESH, "test": 0}


class ReviewSettings(CommandSettings):
    """How much is done, and where to."""

    output: Path = Field(description="a folder for runs and figures; the same one resumes it")
    demonstrations: Path = Field(description="the folder that tools.collect wrote")
    model: Path = Field(default=Path("runs/smollm2"), description="as training.base_model writes")
    env_url: str = Field(default_factory=server_url, description="the server (ENV_URL)")
    shown: int = Field(default=48, ge=1, description="reviews that are learned from")
    epochs: float = Field(default=3.0, gt=0, description="how often each of them is seen")
    warm_rate: float = Field(default=1e-3, gt=0, description="the learning rate of that")
    steps: int = Field(default=12, ge=1, description="of learning from the reward")
    modules: int = Field(default=4, ge=1, description="modules of such a step")
    group: int = Field(default=8, ge=2, description="answers to each")
    rate: float = Field(default=3e-4, gt=0, description="the learning rate of that")
    temperature: float = Field(default=0.8, gt=0, description="of those answers")
    evaluated: int = Field(default=40, ge=2, description="reviews of an evaluation")
    seed: int = 0


def main(arguments: list[str] | None = None) -> int:
    """Do it all and print the table; return the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    module = "training.review.demonstration"
    return status_of(
        lambda: run(parse_settings(ReviewSettings, arguments, module, __doc__ or "")), AGAIN
    )


def run(settings: ReviewSettings) -> None:
    """Train, evaluate, draw, and print the table.

    Args:
        settings: How much is done, and where to.

    Raises:
        SettingsError: If the folder holds a demonstration with other settings.
        DemonstrationError: If there are no demonstrations.
        ModelError: If there is no such model.
        OutputError: If the folder cannot be written, or another process writes it.
        ServerError: If the server does not answer.
    """
    with held(settings.output):
        check_record(settings.output, settings.model_dump(mode="json", exclude={"env_url"}))
        tokenizer = load_tokenizer(settings.model)
        adapters = {name: settings.output / name / ADAPTER for name in ("warm", "reward")}
        results = {"base": _measured(settings, "base", settings.model, tokenizer)}
        for name, learn in (("warm", _warm), ("reward", _reward)):
            if not is_adapter(adapters[name]):
                LOGGER.info("%s", STAGES[name])
                learn(settings, tokenizer)
            results[name] = _measured(settings, name, adapters[name], tokenizer)
        write_json(settings.output / "results.json", results)
        levels = {STAGES[name]: results[name]["train"]["score"] for name in ("base", "warm")}
        log = json.loads((settings.output / "reward" / "log.json").read_text(encoding="utf-8"))
        curve = {line["step"]: line["rewards/score/mean"] for line in log}
        figure = reward_curve({f"seed {settings.seed}": curve}, levels)
        plots.write(settings.output / "plots", {"reward_curve.png": figure})
    sys.stdout.write(f"{page(results)}\n")


def page(results: Mapping[str, Any]) -> str:
    """Write the figures.

    Args:
        results: By stage and set, as `rewards.figures` returns them.

    Returns:
        A table of Markdown.
    """
    lines = [f"| easy reviews | {' | '.join(STAGES.values())} |", "| --- | --- | --- | --- |"]
    for kind in SETS:
        told = [results[stage][kind] for stage in STAGES]
        scores = []
        for each in told:
            ends = each["interval"]
            chance = f" ({ends[0]:.2f} to {ends[1]:.2f})" if ends else ""
            scores.append(f"{each['score']:.2f}{chance}")
        lines.append(f"| {kind}, {told[0]['deals']}: score | {' | '.join(scores)} |")
        for name in list(told[0])[3:]:
            shown = " | ".join(f"{each[name]:.2f}" for each in told)
            lines.append(f"| {kind}: {name} | {shown} |")
    return "\n".join(lines)


def _measured(
    settings: ReviewSettings, stage: str, source: Path, tokenizer: PreTrainedTokenizerBase
) -> dict[str, Any]:
    path = settings.output / stage / "evaluation.json"
    if not path.exists():
        policy = ReviewPolicy(Writer(load_model(source), tokenizer, ANSWER_TOKENS, at_once=AT_ONCE))
        found: dict[str, Any] = {}
        for split, start in SETS.items():
            LOGGER.info("%s: reviewing %d modules of %s", stage, settings.evaluated, split)
            asked = _choices(split, start, settings.evaluated)
            episodes = play_all(PythonEnv, settings.env_url, policy, asked, AT_ONCE)
            said = "\n".join(episode.steps[0].answer.raw for episode in episodes)
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole(path.with_name(f"{split}.txt")) as part:
                part.write_text(f"{said}\n", encoding="utf-8")
            found[split] = figures(episodes)
        write_json(path, found)
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _choices(split: str, start: int, count: int) -> list[dict[str, Any]]:
    return [{"split": split, "difficulty": EASY, "index": start + i} for i in range(count)]


def _warm(settings: ReviewSettings, tokenizer: PreTrainedTokenizerBase) -> None:
    path = settings.demonstrations / EPISODES
    episodes = demonstrations.read(path, settings.shown, PythonReviewObservation)
    rows = [
        {
            "prompt": review_messages(episode.steps[0].observation.code),
            "completion": [
                {"role": "assistant", "content": review_text(episode.steps[0].answer.action)}
            ],
        }
        for episode in episodes
    ]
    output = settings.output / "warm"
    learning = WarmStartSettings(
        model=str(settings.model), demonstrations=path, output=output, epochs=settings.epochs,
        batch=8, micro_batch=2, learning_rate=settings.warm_rate, layers=LAYERS,
        seed=settings.seed,
    )  # fmt: skip
    trainer = warm_start.build_trainer(learning, rows, tokenizer)
    instead_of_a_bar(trainer, Progress(output, {"loss": "loss"}))
    trainer.train()
    save(trainer, tokenizer, output)


def _reward(settings: ReviewSettings, tokenizer: PreTrainedTokenizerBase) -> None:
    output = settings.output / "reward"
    model = load_adapter(settings.output / "warm" / ADAPTER)
    trainer = build_trainer(settings, model, tokenizer, output)
    instead_of_a_bar(trainer, Progress(output, {"rewards/score/mean": "score"}))
    checkpoint = newest_checkpoint(output / CHECKPOINTS)
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    log = [line for line in trainer.state.log_history if "rewards/score/mean" in line]
    write_json(output / "log.json", log)
    save(trainer, tokenizer, output)


def build_trainer(
    settings: ReviewSettings,
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    output: Path,
) -> SharedPromptTrainer:
    """Build the trainer of learning from the reward.

    Args:
        settings: How much it learns.
        model: With an adapter.
        tokenizer: The model's.
        output: For its checkpoints.

    Returns:
        The trainer; its prompts were read off the server.

    Raises:
        LostEpisodeError: If the server does not answer.
    """
    score_answers_alone()
    asked = _choices("train", FIRST_TRAINED, settings.steps * settings.modules)
    looking: Player = saying(Answer("", APPROVE))
    seen = play_all(PythonEnv, settings.env_url, looking, asked, SESSIONS)
    rows = [
        {"prompt": review_messages(each.steps[0].observation.code), "choice": json.dumps(choice)}
        for each, choice in zip(seen, asked, strict=True)
    ]
    functions: list[Callable[..., list[float]]] = ReviewRewards(settings.env_url).functions()
    return SharedPromptTrainer(
        model=model,
        args=GRPOConfig(
            output_dir=str(output / CHECKPOINTS),
            max_steps=settings.steps,
            per_device_train_batch_size=settings.modules * settings.group,
            num_generations=settings.group,
            max_completion_length=ANSWER_TOKENS,
            temperature=settings.temperature,
            learning_rate=settings.rate,
            lr_scheduler_type="constant",
            beta=0.0,
            reward_weights=list(WEIGHTS.values()),
            activation_checkpointing=False,
            **computing() | {"model_init_kwargs": None},
            shuffle_dataset=False,
            logging_steps=1,
            save_steps=4,
            save_total_limit=2,
            seed=settings.seed,
            report_to="none",
        ),
        reward_funcs=functions,
        train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer,
    )


if __name__ == "__main__":
    sys.exit(main())
