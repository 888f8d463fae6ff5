"""The state of a reader's training in one file: a kill leaves the old state or the new one."""

import json
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from training.output import whole
from training.reader.policy import Params, Reader, ReaderError
from training.reader.reading import Vocabulary
from training.reader.reinforce import Learner

CHECKPOINT: Final = "checkpoint.npz"


def save(learner: Learner, folder: Path) -> None:
    """Write the state of a run.

    Args:
        learner: The state.
        folder: Of the run.

    Raises:
        OutputError: If it cannot be written; then the state before is left.
    """
    parts = {"params": learner.reader.params, "first": learner.first, "second": learner.second}
    arrays: dict[str, NDArray[Any]] = {
        f"{part}/{name}": values
        for part, all_of in parts.items()
        for name, values in all_of.items()
    }
    arrays["updates"] = np.array(learner.updates)
    arrays["vocabulary"] = np.array(json.dumps(learner.reader.vocabulary.saved()))
    with whole(folder / CHECKPOINT) as part, part.open("wb") as file:
        np.savez(file, **arrays)


def load(folder: Path) -> Learner | None:
    """Read the state of a run.

    Args:
        folder: Of the run.

    Returns:
        The state; nothing if none was written yet.

    Raises:
        ReaderError: If it cannot be read, or is of another version.
    """
    path = folder / CHECKPOINT
    if not path.exists():
        return None
    try:
        # Opened here, because numpy leaves a file open that is no archive.
        with path.open("rb") as file, np.load(file) as stored:
            vocabulary = Vocabulary(**json.loads(str(stored["vocabulary"])))
            learner = Learner(Reader(vocabulary))
            for part, params in (
                ("params", learner.reader.params),
                ("first", learner.first),
                ("second", learner.second),
            ):
                _fill(params, part, stored)
            learner.updates = int(stored["updates"])
    except (OSError, ValueError, LookupError, TypeError, EOFError, BadZipFile) as error:
        raise ReaderError(
            f"{path} is no checkpoint of this version ({error}); delete it to begin again, or "
            f"choose another --output."
        ) from error
    return learner


def _fill(params: Params, part: str, stored: Any) -> None:  # noqa: ANN401 # numpy's own
    for name, empty in params.items():
        values = np.asarray(stored[f"{part}/{name}"])
        if values.shape != empty.shape:
            raise ValueError(f"{name} has the shape {values.shape}, not {empty.shape}")
        params[name] = values
