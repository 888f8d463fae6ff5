"""A small model learns the form, is trained further in both ways, killed, resumed, and plays."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from small_model import (
    ANSWER_TOKENS,
    LETTERS,
    PROMPT_TOKENS,
    build,
    taught,
    taught_to_call,
)
from trl import GRPOTrainer
from trl.chat_template_utils import (
    is_chat_template_prefix_preserving,
    parse_response,
    supports_tool_calling,
)

from email_triage_env import EmailTriageClient
from email_triage_env.prompt import email_text
from processes import ROOT, Server
from tools.episodes.playing import play_all
from training import demonstrations as shown
from training.command import REFUSED
from training.demonstrations import DemonstrationError
from training.language import train, warm_start
from training.language.logbook import SERIES
from training.language.mail_policy import MailPolicy
from training.language.mail_prompt import PROMPT_FILE, MailPrompt
from training.language.policy import LanguagePolicy
from training.language.saving import newest_checkpoint
from training.language.warm_start import WarmStartSettings, build_trainer, rows_of
from training.language.weights import load_tokenizer
from training.language.writer import rendered
from training.texts import opening_text
from training.triage_tool import TriageTool

# The libraries of a training environment deprecate parts of each other.
pytestmark = pytest.mark.filterwarnings("default")
WAIT_SECONDS: Final = 300.0
TRAINED_STEPS: Final = 2
EASY: Final[dict[str, Any]] = {"split": "train", "difficulty": "easy"}
ACTION: Final = {"label": "spam", "route_to": "legal", "summary": "A sentence about an oven."}
# As SmolLM2 was published.
PLAIN_TEMPLATE: Final = (
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
    "{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face"
    "<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + "
    "'<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}"
    "{% endif %}"
)


@pytest.fixture(scope="module")
def demonstrations(native: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return episodes of a constant, which is soon learned, as `collect` writes them."""
    folder = tmp_path_factory.mktemp("demonstrations")
    policy = "constant:normal/billing"
    return shown.collect(native.url, folder, 4, policy=policy, difficulty="easy")


@pytest.fixture(scope="module")
def model(demonstrations: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a model that knows nothing."""
    folder = tmp_path_factory.mktemp("models") / "base"
    return build(folder, shown.read(demonstrations))


@pytest.fixture(scope="module")
def adapter(model: Path, demonstrations: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an adapter that answers in form."""
    return taught(model, demonstrations, tmp_path_factory.mktemp("models") / "warm")


@pytest.fixture(scope="module")
def caller(model: Path, demonstrations: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an adapter that calls the tool, mail after mail."""
    return taught_to_call(model, demonstrations, tmp_path_factory.mktemp("models") / "caller")


def _command(model: Path, output: Path, url: str, *options: str) -> list[str]:
    return [
        "--model", str(model), "--output", str(output), "--env-url", url, "--steps",
        str(TRAINED_STEPS), "--batch", "4", "--micro-batch", "2", "--group", "2", "--save-every",
        "1", "--show-every", "1", "--difficulty", "easy", *options,
    ]  # fmt: skip


MULTI_TURN: Final = (
    "--merge", "--max-completion-length", "4000", "--max-answer-tokens", str(ANSWER_TOKENS),
)  # fmt: skip


def _killed(arguments: list[str], run: Path, log: Path) -> None:
    """Start a run and kill it as soon as it has a checkpoint."""
    command = [sys.executable, "-m", "training.language.train", *arguments]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 # our own program
            command, cwd=ROOT, stdout=output, stderr=output,
            env={**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        try:
            deadline = time.monotonic() + WAIT_SECONDS
            while newest_checkpoint(run / "checkpoints") is None:
                assert process.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
                time.sleep(0.05)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def _steps(run: Path) -> list[dict[str, Any]]:
    lines = (run / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_without_tools_the_template_is_that_of_the_model(model: Path) -> None:
    """A conversation without tools reads as SmolLM2 was taught to read it."""
    tokenizer = load_tokenizer(model)
    system, user = {"role": "system", "content": "Sort."}, {"role": "user", "content": " A mail\n"}
    answer = {"role": "assistant", "content": "Spam. "}
    for messages in ([user], [system, user], [user, answer, user], [system, user, answer]):
        for begun in (False, True):
            both = [
                tokenizer.apply_chat_template(
                    messages, tokenize=False, add_generation_prompt=begun, chat_template=template
                )
                for template in (None, PLAIN_TEMPLATE)
            ]
            assert both[0] == both[1]


def test_with_tools_an_answer_is_a_call(model: Path) -> None:
    """The same words are a call of the tool where tools are offered, and text where none are."""
    tokenizer = load_tokenizer(model)
    assert supports_tool_calling(tokenizer)
    assert is_chat_template_prefix_preserving(tokenizer)
    written = tokenizer(f"{json.dumps(ACTION)}{tokenizer.eos_token}").input_ids
    said = []
    for tools in ([TriageTool().triage], None):
        prompt = tokenizer.apply_chat_template(
            [{"role": "user", "content": "A mail."}],
            tools=tools, add_generation_prompt=True, return_dict=False,
        )  # fmt: skip
        said.append(parse_response(tokenizer, written, prefix=prompt, tools=tools))
    (call,) = said[0]["tool_calls"]
    assert call["function"] == {"name": "triage", "arguments": ACTION}
    assert json.loads(said[1]["content"]) == ACTION


def test_only_answers_are_learned(model: Path, demonstrations: Path, tmp_path: Path) -> None:
    """The loss counts the answer and the end of its turn, which fills a batch, too."""
    tokenizer = load_tokenizer(model)
    episodes = shown.read(demonstrations, 1)
    rows = rows_of(episodes, tokenizer, MailPrompt(tokens=PROMPT_TOKENS, letters=LETTERS))
    settings = WarmStartSettings(
        model=str(model), demonstrations=demonstrations, output=tmp_path, micro_batch=8
    )
    (batch,) = build_trainer(settings, rows, tokenizer).get_train_dataloader()
    for tokens, labels, seen in zip(
        batch["input_ids"], batch["labels"], batch["attention_mask"], strict=True
    ):
        own = [int(token) for token in labels if token != -100]
        answer = '{"label": "normal", "route_to": "billing", "summary": ""}<|im_end|>\n'
        assert tokenizer.decode(own) == answer
        assert int(seen.sum()) == len(tokens[seen.bool()])
        assert own == tokens[seen.bool()].tolist()[-len(own) :]


def test_a_prompt_is_cut_to_its_length(model: Path, demonstrations: Path) -> None:
    """The oldest decisions go first, and then the end of the mail; the frame stays."""
    tokenizer = load_tokenizer(model)
    (episode,) = shown.read(demonstrations, 1)
    seen = episode.steps[-1].observation
    past = [{**ACTION, "summary": f"Mail {number} about an oven."} for number in range(7)]

    def cut(tokens: int, decided: list[dict[str, str]]) -> tuple[str, int]:
        messages = MailPrompt(tokens=tokens).messages(tokenizer, episode.brief, seen, decided)
        return messages[-1]["content"], len(rendered(tokenizer, messages))

    whole, length = cut(5000, past)
    assert all(f"Mail {number} about" in whole for number in range(7))
    _, without_past = cut(5000, [])
    shorter, _ = cut(length - 1, past)
    assert shorter == whole.replace(f"{whole.splitlines()[1]}\n", "")
    shortest, least = cut(without_past - 20, past)
    assert least <= without_past - 20
    assert "an oven" not in shortest
    assert seen.body[-40:] in shorter
    assert seen.body[-40:] not in shortest
    assert f"Subject: {seen.subject}" in shortest


def test_a_policy_says_the_same_alone_and_together(adapter: Path, native: Server) -> None:
    """Answers that were asked for at once are those of one episode after the other."""
    policy = MailPolicy.load(adapter)
    policy._writer._model.float()
    asked = [EASY | {"index": number} for number in range(5)]
    alone, together = (
        play_all(EmailTriageClient, native.url, policy, asked, sessions) for sessions in (1, 5)
    )
    assert alone == together
    answers = [step.answer for episode in alone for step in episode.steps]
    # It learned to end, too: nothing was cut off.
    assert {answer.failure for answer in answers} == {None}
    assert all(answer.messages for answer in answers)


def test_a_policy_rebuilds_the_conversation_of_training(caller: Path, native: Server) -> None:
    """The prompt of the second email is the first prompt, the answer, and the tool's turn."""
    policy = LanguagePolicy.load(caller)
    (episode,) = play_all(EmailTriageClient, native.url, policy, [EASY])
    first, second = episode.steps[:2]
    assert first.answer.failure is None
    prompt = policy._conversation(episode.brief, second.observation, [first])
    call = {"type": "function", "function": {"name": "triage", "arguments": first.answer.action}}
    whole = policy._rendered(
        [
            {
                "role": "user",
                "content": opening_text(episode.brief["description"], first.observation),
            },
            {"role": "assistant", "content": "", "tool_calls": [call]},
            {"role": "tool", "name": "triage", "content": email_text(second.observation)},
        ],
        tools=[TriageTool().triage],
        add_generation_prompt=True,
    )
    assert prompt == whole


@pytest.mark.parametrize("kind", [LanguagePolicy, MailPolicy])
def test_a_seed_decides_what_is_drawn(
    adapter: Path, native: Server, kind: Callable[..., Any]
) -> None:
    """Two policies of one seed say the same, also where words are drawn."""
    replies = []
    for _ in range(2):
        policy = kind.load(adapter, temperature=1.5, seed=5)  # type: ignore[attr-defined]
        (episode,) = play_all(EmailTriageClient, native.url, policy, [EASY])
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
    Path("runs/smollm2").symlink_to(model)
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102 # our own
    history = names["trainer"].state.log_history
    assert "rewards/TriageTool/mean" in history[0]
    assert str(history[0]["reward"]) in capsys.readouterr().out


def _resumed(arguments: list[str], run: Path) -> list[dict[str, Any]]:
    """Go on with a run, and return what it logged."""
    assert train.main(arguments) == 0
    steps = _steps(run)
    assert [step["step"] for step in steps] == list(range(1, TRAINED_STEPS + 1))
    assert all(step.keys() == {"step", *SERIES} for step in steps)
    assert "billing" in (run / "generations.txt").read_text(encoding="utf-8")
    assert (run / "adapter" / "adapter_model.safetensors").is_file()
    assert list((run / "tensorboard").iterdir())
    return steps


def test_a_killed_run_over_whole_inboxes_goes_on(
    caller: Path, native: Server, tmp_path: Path
) -> None:
    """The same command resumes, saves adapter and merged model, and plays what it saved."""
    run = tmp_path / "run"
    arguments = _command(caller, run, native.url, *MULTI_TURN)
    _killed(arguments, run, tmp_path / "first.log")
    steps = _resumed(arguments, run)
    assert all(step["reward/overall"] > 0 for step in steps)
    assert (run / "merged" / "model.safetensors").is_file()


def test_a_killed_run_over_single_mails_goes_on(
    adapter: Path, native: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sees the mails again that it had played before, and remembers how it is asked."""
    run = tmp_path / "run"
    arguments = _command(adapter, run, native.url, "--single-turn", "--credit", "field")
    shapes = []
    learn = GRPOTrainer._compute_loss

    def watched(trainer: GRPOTrainer, policy: Any, inputs: dict[str, Any]) -> Any:  # noqa: ANN401
        shapes.append((inputs["advantages"].shape, inputs["completion_ids"].shape))
        return learn(trainer, policy, inputs)

    monkeypatch.setattr(GRPOTrainer, "_compute_loss", watched)
    _killed(arguments, run, tmp_path / "first.log")
    played = {path: path.read_text() for path in (run / "played").iterdir()}
    assert played
    steps = _resumed(arguments, run)
    assert shapes
    assert all(credit == written for credit, written in shapes)
    assert {path: path.read_text() for path in played} == played
    assert any(step["reward/overall"] != 0 for step in steps)
    assert (run / "adapter" / PROMPT_FILE).read_text() == (adapter / PROMPT_FILE).read_text()


def test_a_run_keeps_its_settings(
    adapter: Path, native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The directory of a run is not continued with settings under which it did not begin."""
    (tmp_path / "settings.json").write_text('{"model": "another"}', encoding="utf-8")
    assert train.main(_command(adapter, tmp_path, native.url, *MULTI_TURN)) == REFUSED
    assert "choose another --output" in capsys.readouterr().err


def test_a_run_without_reward_is_stopped(
    model: Path, native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten rollouts of a model that knows nothing earn nothing, and no step is made."""
    MailPrompt(tokens=PROMPT_TOKENS, letters=LETTERS, answer_tokens=16).save(model)
    arguments = _command(model, tmp_path / "run", native.url, "--single-turn", "--lora")
    assert train.main(arguments) == train.NoRewardError.status
    assert "too weak" in capsys.readouterr().err
    assert newest_checkpoint(tmp_path / "run" / "checkpoints") is None
    assert not (tmp_path / "run" / "log.jsonl").exists()


def test_errors_name_the_remedy(
    tmp_path: Path, demonstrations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing demonstrations and a missing model end with one sentence."""
    with pytest.raises(DemonstrationError, match="--policy answer-key"):
        shown.read(tmp_path / "none.jsonl", 1)
    paths = ["--output", str(tmp_path), "--demonstrations", str(demonstrations)]
    assert warm_start.main([*paths, "--model", str(tmp_path / "none")]) == REFUSED
    assert warm_start.main([*paths, "--model", "any", "--inboxes", "0"]) == REFUSED
    errors = capsys.readouterr().err
    assert "training.base_model" in errors
    assert "inboxes" in errors
