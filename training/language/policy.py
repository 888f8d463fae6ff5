"""A language model as a policy: the conversation of training, one answer at a time.

Holds a model and no state of an episode: what was said before is rebuilt from the past steps, so
one policy can play many inboxes at once. Whether an answer is right is not known here.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self
from zlib import crc32

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase
from trl.chat_template_utils import (
    add_response_schema,
    get_training_chat_template,
    is_chat_template_prefix_preserving,
    parse_response,
)

from email_triage_env.models import EmailTriageObservation
from tools.episodes.endpoint import CUT_OFF
from tools.episodes.players import EMPTY, UNREADABLE
from tools.episodes.playing import Answer, Step
from training.language.weights import ModelError, load_model, load_tokenizer
from training.texts import after_step_text, opening_text
from training.triage_tool import TriageTool

TOOL: Final = "triage"
# A summary has at most 30 words; the rest is room for the form.
MAX_ANSWER_TOKENS: Final = 200


class LanguagePolicy:
    """Answers with what a model writes as a call of the tool, as in training."""

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
        temperature: float = 0.0,
        seed: int = 0,
        max_tokens: int = MAX_ANSWER_TOKENS,
    ) -> None:
        """Take a model.

        Args:
            model: It is put into evaluation.
            tokenizer: Its tokenizer, with a chat template.
            temperature: 0 for the likeliest words, or how freely they are drawn.
            seed: Of the draws.
            max_tokens: How many are written at most for one email.
        """
        self._model = model.eval()
        self._tokenizer = with_tool_parser(tokenizer)
        self._template = (
            None
            if is_chat_template_prefix_preserving(tokenizer)
            else get_training_chat_template(tokenizer)
        )
        self._tools = [TriageTool().triage]
        self._temperature = temperature
        self._max_tokens = max_tokens
        self._seed = seed

    @classmethod
    def load(
        cls,
        source: str | Path,
        *,
        temperature: float = 0.0,
        seed: int = 0,
        max_tokens: int = MAX_ANSWER_TOKENS,
    ) -> Self:
        """Load a model, or the adapter of one.

        Args:
            source: A directory that training saved, or a hub id.
            temperature: 0 for the likeliest words, or how freely they are drawn.
            seed: Of the draws.
            max_tokens: How many are written at most for one email.

        Returns:
            The policy.

        Raises:
            ModelError: If there is no such model.
        """
        return cls(load_model(source), load_tokenizer(source), temperature, seed, max_tokens)

    def __call__(
        self, brief: Mapping[str, Any], observation: EmailTriageObservation, past: Sequence[Step]
    ) -> Answer:
        """Answer one email.

        Args:
            brief: What the reset told.
            observation: The email.
            past: The steps before.

        Returns:
            The words, and the arguments of the call in them; none if they hold no call, which
            the environment takes for an invalid step.
        """
        prompt = self._conversation(brief, observation, past)
        # By the email and not in the order it is asked, so that who else plays changes nothing.
        place = f"{self._seed}/{observation.task_id}/{observation.email_id}/{len(past)}"
        written = self._write(prompt, crc32(place.encode()))
        said = parse_response(self._tokenizer, written, prefix=prompt, tools=self._tools)
        raw = str(self._tokenizer.decode(written, skip_special_tokens=False))
        arguments = self._arguments(said)
        failure = None if arguments else self._failure(raw)
        return Answer(raw.removesuffix(self._end), arguments, failure)

    @property
    def _end(self) -> str:
        return str(self._tokenizer.eos_token)

    def _failure(self, raw: str) -> str:
        """Say why words hold no call, by the names that the tools give it."""
        if not raw.endswith(self._end):
            return CUT_OFF
        return UNREADABLE if raw.removesuffix(self._end).strip() else EMPTY

    def _conversation(
        self, brief: Mapping[str, Any], observation: EmailTriageObservation, past: Sequence[Step]
    ) -> list[int]:
        shown = [*(step.observation for step in past), observation]
        opening = opening_text(str(brief["description"]), shown[0])
        tokens = self._rendered(
            [{"role": "user", "content": opening}], tools=self._tools, add_generation_prompt=True
        )
        for step, after in zip(past, shown[1:], strict=True):
            tokens += self._tokenizer(
                f"{step.answer.raw}{self._end}", add_special_tokens=False
            ).input_ids
            tokens += self._tool_turn(after_step_text(step, after, done=False))
        return tokens

    def _tool_turn(self, text: str) -> list[int]:
        """Return the tokens between two answers, cut out of a small conversation as TRL does."""
        call = {"type": "function", "function": {"name": TOOL, "arguments": {}}}
        before: list[dict[str, Any]] = [
            {"role": "user", "content": ""},
            {"role": "assistant", "content": "", "tool_calls": [call]},
        ]
        answer = {"role": "tool", "name": TOOL, "content": text}
        kept = self._rendered(before)
        end = self._tokenizer.eos_token_id
        # Templates write a line break after the end of a turn, which the model did not.
        if end in kept:
            kept = kept[: len(kept) - kept[::-1].index(end)]
        return self._rendered([*before, answer], add_generation_prompt=True)[len(kept) :]

    def _rendered(self, messages: list[dict[str, Any]], **options: Any) -> list[int]:  # noqa: ANN401
        tokens = self._tokenizer.apply_chat_template(
            messages, tokenize=True, return_dict=False, chat_template=self._template, **options
        )
        return list(tokens)

    def _write(self, prompt: list[int], seed: int) -> list[int]:
        tokens = torch.tensor([prompt], device=self._model.device)
        drawn: dict[str, Any] = {"do_sample": False}
        if self._temperature > 0:
            drawn = {
                "do_sample": True,
                "temperature": self._temperature,
                "top_k": 0,
                "top_p": 1.0,
            }
            # The library draws from the global generator only.
            torch.manual_seed(seed)
        written = self._model.generate(
            input_ids=tokens,
            attention_mask=torch.ones_like(tokens),
            max_new_tokens=self._max_tokens,
            pad_token_id=self._tokenizer.pad_token_id,
            **drawn,
        )
        return [int(token) for token in written[0, len(prompt) :]]

    @staticmethod
    def _arguments(said: Mapping[str, Any]) -> Mapping[str, Any]:
        for call in said.get("tool_calls") or []:
            function = call.get("function", {})
            if function.get("name") == TOOL and isinstance(function.get("arguments"), Mapping):
                return dict(function["arguments"])
        return {}


def with_tool_parser(tokenizer: PreTrainedTokenizerBase) -> PreTrainedTokenizerBase:
    """Make sure that a tokenizer can parse calls of tools.

    Args:
        tokenizer: It keeps the parser it has.

    Returns:
        The tokenizer, with a parser.

    Raises:
        ModelError: If its model calls no tools that TRL knows.
    """
    if tokenizer.chat_template is None:
        raise ModelError("The model has no chat template; name an instruction-tuned model.")
    if getattr(tokenizer, "response_template", None) is not None:
        return tokenizer
    try:
        return add_response_schema(tokenizer)
    except ValueError as error:
        raise ModelError(
            f"TRL cannot parse this model's tool calls ({error}); name a model whose template it "
            f"knows, such as one of Qwen3."
        ) from error
