"""A model from nothing learns the form, is trained further, killed, resumed, and plays."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from transformers import AutoTokenizer
from trl.chat_template_utils import (
    is_chat_template_prefix_preserving,
    parse_response,
    supports_tool_calling,
)

from email_triage_env import EmailTriageClient
from email_triage_env.models import EmailTriageObservation
from email_triage_env.prompt import email_text
from inference import build_messages, parse_reply
from processes import ROOT, Server, free_port
from tools.episodes.playing import play_all
from training import demonstrations as shown
from training.command import BROKEN_OFF, REFUSED
from training.demonstrations import DemonstrationError
from training.language import tiny, train
from training.language.logbook import SERIES
from training.language.policy import LanguagePolicy
from training.language.saving import newest_checkpoint
from training.language.tiny import TinySettings
from training.language.warm_start import conversation_of
from training.texts import opening_text
from training.triage_tool import TriageTool

# The libraries of a training environment deprecate parts of each other.
pytestmark = pytest.mark.filterwarnings("default")
WAIT_SECONDS: Final = 300.0
ACTION: Final = {"label": "spam", "route_to": "legal", "summary": "A sentence about an oven."}
TRAINED_STEPS: Final = 2


@pytest.fixture(scope="module")
def demonstrations(native: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return episodes of a constant, which is soon learned, as `collect` writes them."""
    folder = tmp_path_factory.mktemp("demonstrations")
    policy = "constant:normal/billing"
    return shown.collect(native.url, folder, 4, policy=policy, difficulty="easy")


def _build(native: Server, demonstrations: Path, output: Path, steps: int) -> Path:
    tiny.run(
        TinySettings(
            output=output,
            demonstrations=demonstrations,
            env_url=native.url,
            hidden=32,
            layers=1,
            vocabulary=512,
            inboxes=3,
            steps=steps,
            batch=2,
            learning_rate=0.02,
        )
    )
    return output


@pytest.fixture(scope="module")
def model(native: Server, demonstrations: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny model that answers in form."""
    return _build(native, demonstrations, tmp_path_factory.mktemp("models") / "tiny", 40)


def _command(model: Path, output: Path, url: str) -> list[str]:
    return [
        "--model", str(model), "--output", str(output), "--env-url", url, "--steps",
        str(TRAINED_STEPS), "--batch", "4", "--micro-batch", "2", "--group", "2", "--lora",
        "--merge", "--save-every", "1", "--show-every", "1", "--max-completion-length", "3000",
        "--temperature", "0.3", "--difficulty", "easy", "--max-answer-tokens", "100",
    ]  # fmt: skip


def _observation() -> EmailTriageObservation:
    return EmailTriageObservation(
        email_id="train-easy-0-01", subject="Oven", body="It\nis off.", sender="Ada <a@b.example>",
        timestamp="2026-02-10T16:10:00", thread_history=[], task_id="train-easy-0",
        step_number=1, total_emails=8,
    )  # fmt: skip


def test_the_template_serves_tools_and_the_baseline(model: Path) -> None:
    """With tools an answer is a call of the tool; without, the JSON that the baseline reads."""
    tokenizer = AutoTokenizer.from_pretrained(str(model))
    assert supports_tool_calling(tokenizer)
    assert is_chat_template_prefix_preserving(tokenizer)
    written = tokenizer(f"{json.dumps(ACTION)}{tokenizer.eos_token}").input_ids
    opening = [{"role": "user", "content": opening_text("Rule 1.", _observation())}]
    info: dict[str, Any] = {"description": "Rule 1.", "labels": "spam", "routes": "legal"}
    asked = build_messages(info, _observation(), [])
    said = {}
    for name, messages, tools in (
        ("tools", opening, [TriageTool().triage]),
        ("baseline", asked, None),
    ):
        prompt = tokenizer.apply_chat_template(
            messages, tools=tools, add_generation_prompt=True, return_dict=False
        )
        assert tokenizer.decode(prompt).startswith("<|im_start|>user\nAda <a@b.example>\nDate")
        said[name] = parse_response(tokenizer, written, prefix=prompt, tools=tools)
    (call,) = said["tools"]["tool_calls"]
    assert call["function"] == {"name": "triage", "arguments": ACTION}
    assert parse_reply(said["baseline"]["content"]).action.model_dump() == ACTION


def test_only_answers_are_learned(model: Path, demonstrations: Path) -> None:
    """The loss of the warm start counts the model's own words and nothing of the mail."""
    from training.language.warm_start import IGNORED, _marked

    tokenizer = AutoTokenizer.from_pretrained(str(model))
    (episode,) = shown.read(demonstrations, 1)
    conversation = conversation_of(episode)
    row = _marked(tokenizer, conversation, [TriageTool().triage])
    own = tokenizer.decode([token for token in row["labels"] if token != IGNORED])
    answers = own.split("<|im_end|>")
    assert len(answers) == 8 + 2
    assert {parse_reply(answer).action.route_to for answer in answers[:8]} == {"billing"}
    assert answers[8:] == ["", ""]


def test_a_policy_rebuilds_the_conversation_of_training(model: Path, native: Server) -> None:
    """The prompt of the second email is the first prompt, the answer, and the tool's turn."""
    policy = LanguagePolicy.load(model)
    (episode,) = play_all(
        EmailTriageClient, native.url, policy, [{"split": "train", "difficulty": "easy"}]
    )
    first, second = episode.steps[:2]
    prompt = policy._conversation(episode.brief, second.observation, [first])
    call = {"type": "function", "function": {"name": "triage", "arguments": first.answer.action}}
    whole = policy._rendered(
        [
            {"role": "user", "content": opening_text("", first.observation)},
            {"role": "assistant", "content": "", "tool_calls": [call]},
            {"role": "tool", "name": "triage", "content": email_text(second.observation)},
        ],
        tools=[TriageTool().triage],
        add_generation_prompt=True,
    )
    assert "error" not in first.info
    assert prompt == whole


def test_a_seed_decides_what_is_drawn(model: Path, native: Server) -> None:
    """Two policies of one seed say the same, also where words are drawn."""
    replies = []
    for _ in range(2):
        policy = LanguagePolicy.load(model, temperature=1.0, seed=5)
        (episode,) = play_all(
            EmailTriageClient, native.url, policy, [{"split": "train", "difficulty": "easy"}]
        )
        replies.append([step.answer.raw for step in episode.steps])
    assert replies[0] == replies[1]


def test_the_example_of_readme_trains_a_step(
    model: Path,
    native: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`environment_factory=TriageTool` is all that TRL's trainer needs of this environment."""
    text = (ROOT / "training" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENV_URL", native.url)
    monkeypatch.setenv("ENV_DIFFICULTY", "easy")
    Path("runs").mkdir()
    Path("runs/tiny").symlink_to(model)
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102 # our own
    history = names["trainer"].state.log_history
    assert "rewards/TriageTool/mean" in history[0]
    assert 0 < history[0]["reward"] <= 1
    assert history[0]["tools/call_frequency"] > 1
    assert str(history[0]["reward"]) in capsys.readouterr().out


def test_a_killed_run_goes_on(model: Path, native: Server, tmp_path: Path) -> None:
    """The same command resumes, saves adapter and merged model, and plays what it saved."""
    arguments = _command(model, tmp_path / "run", native.url)
    command = [sys.executable, "-m", "training.language.train", *arguments]
    with (tmp_path / "first.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 # our own program
            command, cwd=ROOT, stdout=log, stderr=log, env={**os.environ, "HF_HUB_OFFLINE": "1"}
        )
        try:
            deadline = time.monotonic() + WAIT_SECONDS
            while newest_checkpoint(tmp_path / "run" / "checkpoints") is None:
                output = (tmp_path / "first.log").read_text(encoding="utf-8")
                assert process.poll() is None, output
                assert time.monotonic() < deadline, output
                time.sleep(0.05)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert train.main(arguments) == 0
    lines = (tmp_path / "run" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    steps = [json.loads(line) for line in lines]
    assert [step["step"] for step in steps] == list(range(1, TRAINED_STEPS + 1))
    assert all(step.keys() == {"step", *SERIES} for step in steps)
    raw = (tmp_path / "run" / "generations.txt").read_text(encoding="utf-8")
    assert "<tool_call>" in raw
    assert (tmp_path / "run" / "adapter" / "adapter_model.safetensors").is_file()
    assert (tmp_path / "run" / "merged" / "model.safetensors").is_file()
    assert list((tmp_path / "run" / "tensorboard").iterdir())


def test_a_run_keeps_its_settings(
    model: Path, native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The directory of a run is not continued with settings under which it did not begin."""
    (tmp_path / "settings.json").write_text('{"model": "another"}', encoding="utf-8")
    assert train.main(_command(model, tmp_path, native.url)) == REFUSED
    assert "choose another --output" in capsys.readouterr().err


def test_a_run_without_reward_is_stopped(
    native: Server, demonstrations: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten rollouts of a model that knows nothing earn nothing, and no step is made."""
    knowing_nothing = _build(native, demonstrations, tmp_path / "model", 1)
    arguments = _command(knowing_nothing, tmp_path / "run", native.url)
    assert train.main([*arguments, "--max-completion-length", "60"]) == train.NoRewardError.status
    assert "too weak" in capsys.readouterr().err
    assert newest_checkpoint(tmp_path / "run" / "checkpoints") is None
    assert not (tmp_path / "run" / "log.jsonl").exists()


def test_errors_name_the_remedy(
    tmp_path: Path, demonstrations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing demonstrations and a missing server end with one sentence."""
    with pytest.raises(DemonstrationError, match="--policy answer-key"):
        shown.read(tmp_path / "none.jsonl", 1)
    paths = ["--output", str(tmp_path), "--demonstrations", str(demonstrations)]
    assert tiny.main([*paths, "--env-url", f"http://127.0.0.1:{free_port()}"]) == BROKEN_OFF
    assert tiny.main([*paths, "--steps", "0"]) == REFUSED
    errors = capsys.readouterr().err
    assert "see that it runs" in errors
    assert "steps" in errors


@pytest.mark.parametrize("difficulty", ["varied", "month"])
def test_demonstrations_of_other_desks_are_refused(
    native: Server, tmp_path: Path, difficulty: str
) -> None:
    """A tiny model reads no policy, so it cannot know their teams; nothing is written."""
    folder = tmp_path / "demonstrations"
    file = shown.collect(native.url, folder, 1, policy="random", difficulty=difficulty)
    with pytest.raises(DemonstrationError, match="of other desks"):
        _build(native, file, tmp_path / "tiny", 1)
    assert not list((tmp_path / "tiny").glob("*.json"))
