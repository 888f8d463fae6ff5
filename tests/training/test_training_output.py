"""Whatever is wrong with an output is one line with the remedy, and what was there is kept."""

import json
import re
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

import numpy as np
import torch
from small_model import build, smallest

from processes import Server
from tools.episodes.collection import OutputError
from training import demonstration, demonstrations, evaluate, output
from training.command import INTERRUPTED, REFUSED, SettingsError, status_of
from training.evaluation import plots
from training.language import train, warm_start
from training.language.scale import SHORT
from training.output import held, whole, whole_files
from training.reader import checkpoint
from training.reader import demonstration as reader_demonstration
from training.reader import train as reader
from training.reader.policy import Reader, ReaderError
from training.reader.reading import Vocabulary
from training.reader.reinforce import Learner
from training.rollouts import rollouts_ray

# The libraries of a training environment deprecate parts of each other.
pytestmark = pytest.mark.filterwarnings("default")
SMALL: Final = 900
SAVE_FILE: Final = pytest.importorskip("safetensors.torch").save_file
TEAMS: Final = {"billing": "invoices", "legal": "contracts"}

Main = Callable[[list[str]], int]
# A command, its options but for the output, and what begins its work once it holds the output.
Command = tuple[Main, list[str], str, str]


@contextmanager
def _small_files(most: int = SMALL) -> Iterator[None]:
    """Let this process write no more than so many bytes of a file, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(scope="module")
def inputs(native: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the commands read."""
    folder = tmp_path_factory.mktemp("inputs")
    demonstrations.collect(native.url, folder, 1, start=20_000)
    build(folder / "model", demonstrations.read(folder / "episodes.jsonl"))
    line = {"step": 1, "reward/overall": 0.4}
    (folder / "history.jsonl").write_text(f"{json.dumps(line)}\n", encoding="utf-8")
    settings = evaluate.EvaluationSettings(policy="keyword", env_url=native.url, episodes=3)
    (folder / "result.json").write_text(json.dumps(evaluate.run(settings)), encoding="utf-8")
    return folder


@pytest.fixture(
    params=[
        "train", "warm", "demonstration", "reader", "reader-demonstration", "evaluate", "plots",
        "ray",
    ]
)  # fmt: skip
def command(
    request: pytest.FixtureRequest,
    native: Server,
    inputs: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Command:
    """Return each command that writes, made as small as it gets."""
    shown, result = str(inputs / "episodes.jsonl"), str(inputs / "result.json")
    model = str(inputs / "model")
    monkeypatch.setenv("ENV_URL", native.url)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("training.demonstration.SHORT", smallest(SHORT))
    small = reader_demonstration.Scale(1, 8, 2, 2)
    monkeypatch.setattr(reader_demonstration, "SHORT", small)
    monkeypatch.setattr(train, "check_reward", lambda *_: 1.0)
    monkeypatch.setattr(rollouts_ray, "connected", lambda *_: nullcontext())
    row = {"score": 0.5, "actions": ["x" * SMALL]}
    monkeypatch.setattr(rollouts_ray, "rollouts", lambda *_: iter([{"score": 0.5}, row]))
    drawn = ["--history", str(inputs / "history.jsonl"), "--before", result, "--after", result]
    batch = ["--batch", "2", "--micro-batch", "2", "--group", "2", "--steps", "1"]
    commands: dict[str, Command] = {
        "train": (
            train.main, ["--model", model, *batch], "--output",
            "training.language.train.Logbook",
        ),
        "reader": (
            reader.main, ["--demonstrations", shown, "--deals", "8", "--attempts", "2"],
            "--output", "training.reader.train._warmed",
        ),
        "warm": (
            warm_start.main, ["--demonstrations", shown, "--model", model, "--epochs", "0.1"],
            "--output", "training.language.warm_start.build_trainer",
        ),
        "demonstration": (
            demonstration.main, ["--short", "--model", model], "--output",
            "training.demonstration.serving",
        ),
        "reader-demonstration": (
            reader_demonstration.main, ["--short"], "--output",
            "training.reader.demonstration.serving",
        ),
        "evaluate": (
            evaluate.main, ["--policy", "keyword", "--episodes", "3"], "--json",
            "training.evaluate.play_all",
        ),
        "plots": (plots.main, drawn, "--output", "training.evaluation.plots.whole"),
        "ray": (
            rollouts_ray.main, ["--policy", "random", "--episodes", "2"], "--output",
            "training.rollouts.rollouts_ray.rollouts",
        ),
    }  # fmt: skip
    return commands[request.param]


def _last_line(capsys: pytest.CaptureFixture[str]) -> str:
    errors = capsys.readouterr().err
    assert "Traceback" not in errors
    return errors.rstrip().splitlines()[-1]


@pytest.mark.parametrize("trouble", ["parent", "kind", "read-only"])
def test_no_place_to_write_is_refused(
    command: Command, trouble: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file on the way, a file for a folder or the reverse, and where nothing can be made."""
    main, options, option, _ = command
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    places = {
        "parent": tmp_path / "file" / "below" / "it",
        "kind": tmp_path if option == "--json" or main is rollouts_ray.main else tmp_path / "file",
        "read-only": Path("/proc/nothing/run"),
    }
    assert main([*options, option, str(places[trouble])]) == REFUSED
    line = _last_line(capsys)
    assert line.startswith(f"Cannot write to {str(places[trouble])!r} (")
    assert line.endswith("choose another place.")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_second_process_is_refused(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An output belongs to one process at a time, and to nobody when that has ended."""
    main, options, option, _ = command
    place = tmp_path / "run"
    is_file = option == "--json" or main is rollouts_ray.main
    with held(place, folder=not is_file):
        assert main([*options, option, str(place)]) == REFUSED
        assert f"Another process is writing {str(place)!r}; wait for it" in _last_line(capsys)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_interrupt_is_one_line(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It says what the same command would do, and leaves no lock behind."""
    main, options, option, begins = command

    def interrupted(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(begins, interrupted)
    assert main([*options, option, str(tmp_path / "run")]) == INTERRUPTED
    assert _last_line(capsys).startswith("Stopped. The same command ")
    assert not list(tmp_path.rglob("*.lock"))


def test_a_full_disk_is_one_line(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the remedy; with room, the same command does its work."""
    main, options, option, _ = command
    place = tmp_path / "run"
    with _small_files():
        assert main([*options, option, str(place)]) == REFUSED
    captured = capsys.readouterr()
    line = captured.err.rstrip().splitlines()[-1]
    assert "Traceback" not in captured.err
    assert re.search(r"File too large\).* again\.$|no room left .*make some, resume\.$", line), line
    assert not list(tmp_path.rglob("*.lock"))
    if main is evaluate.main:
        assert "pass^1" in captured.out
    if main is rollouts_ray.main:
        assert "The 1 episodes that were played are in" in captured.err
    if main is not train.main:
        assert main([*options, option, str(place)]) == 0


def test_files_are_as_before_or_as_after(tmp_path: Path) -> None:
    """One that could not be written to its end leaves the old one, and nothing beside it."""
    path = tmp_path / "figures.json"
    output.write_json(path, {"old": 1})
    with _small_files(), pytest.raises(OutputError, match=r"ulimit -f.*again"):
        output.write_json(path, ["x" * SMALL])
    with pytest.raises(KeyboardInterrupt), whole(path) as part:  # noqa: PT012 # it is amid this
        part.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert json.loads(path.read_text(encoding="utf-8")) == {"old": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_as_before_or_as_after(tmp_path: Path) -> None:
    """Several files come together, and files of others stay."""
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    for text in ("old", "x" * SMALL * 2):
        with (
            _small_files() if text != "old" else nullcontext(),
            pytest.raises(OutputError) if text != "old" else nullcontext(),
            whole_files(tmp_path, "b") as part,
        ):
            (part / "a").write_text("a", encoding="utf-8")
            (part / "b").write_text(text, encoding="utf-8")
    assert (tmp_path / "b").read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"notes", "a", "b"}


@pytest.mark.parametrize("save", [torch.save, lambda value, path: SAVE_FILE({"a": value}, path)])
def test_libraries_are_understood(
    save: Callable[[torch.Tensor, Path], None], tmp_path: Path
) -> None:
    """What writes checkpoints tells of a full disk in words of its own."""
    with _small_files(), pytest.raises(OutputError, match="again"), output.writing(tmp_path):
        save(torch.zeros(SMALL), tmp_path / "weights")


def test_only_the_first_of_several_processes_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that `accelerate launch` starts write one run together."""
    with held(tmp_path):
        monkeypatch.setenv("RANK", "1")
        with held(tmp_path):
            assert not output.is_first()
    assert list(tmp_path.iterdir()) == []


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    """A fault of this code is not told as one of the disk."""
    with pytest.raises(IndexError, match="ours"), held(tmp_path):
        raise IndexError("ours")
    with pytest.raises(ZeroDivisionError):
        status_of(lambda: 1 / 0, "")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"seed": 1}'])
def test_foreign_records_are_refused(text: str, tmp_path: Path) -> None:
    """A folder with other settings, or none that can be read, is not continued."""
    (tmp_path / output.RECORD).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="choose another --output"):
        output.check_record(tmp_path, {"seed": 0})


def _learner() -> Learner:
    learner = Learner(Reader(Vocabulary(TEAMS, ["oven"], [1.0], ["the"])))
    learner.updates = 7
    learner.first["mail"] += 1.0
    return learner


def test_a_checkpoint_holds_the_state(tmp_path: Path) -> None:
    """What was learned, the optimiser's averages, and how far it is."""
    assert checkpoint.load(tmp_path) is None
    checkpoint.save(_learner(), tmp_path)
    with _small_files(), pytest.raises(OutputError):
        checkpoint.save(Learner(_learner().reader), tmp_path)
    again = checkpoint.load(tmp_path)
    assert again is not None
    assert again.updates == 7
    assert np.array_equal(again.first["mail"], _learner().first["mail"])
    assert again.reader.vocabulary.saved() == _learner().reader.vocabulary.saved()


@pytest.mark.parametrize("damage", ["empty", "cut", "no-archive", "foreign"])
def test_a_damaged_checkpoint_is_refused(damage: str, tmp_path: Path) -> None:
    """One line says what to do; the file is left for whoever wants to look."""
    checkpoint.save(_learner(), tmp_path)
    path = tmp_path / checkpoint.CHECKPOINT
    kept = path.read_bytes()
    if damage == "foreign":
        np.savez(path, updates=np.array(3))
    else:
        path.write_bytes({"empty": b"", "cut": kept[:-90], "no-archive": b"text"}[damage])
    with pytest.raises(ReaderError, match="delete it to begin again"):
        checkpoint.load(tmp_path)


@pytest.mark.parametrize("name", ["reader.json", "weights.npz"])
def test_a_damaged_reader_is_refused(name: str, tmp_path: Path) -> None:
    """A file that was cut off by another program is named with its folder."""
    _learner().reader.save(tmp_path)
    path = tmp_path / name
    for kept in (b"", path.read_bytes()[:-20]):
        path.write_bytes(kept)
        with pytest.raises(ReaderError, match=str(tmp_path)):
            Reader.load(tmp_path)


def test_keys_of_settings_are_typed() -> None:
    """A misspelt name is an error and no silent default."""
    more: dict[str, Any] = {"epsiodes": 3}
    with pytest.raises(ValueError, match="epsiodes"):
        evaluate.EvaluationSettings(policy="keyword", **more)
