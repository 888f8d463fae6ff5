"""A language model of half a million parameters: its tokenizer, its chat template, its shape.

It never sees the policy: a model this small cannot read five kilobytes, so its chat template leaves
out the system message and all that stands before the mail, and of the mail it shows the beginning.
"""

from collections.abc import Iterable
from typing import Any, Final

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerBase,
    PreTrainedTokenizerFast,
)

PADDING: Final = "<|endoftext|>"
TURN_START: Final = "<|im_start|>"
TURN_END: Final = "<|im_end|>"
CALL: Final = "<tool_call>"
# A mail has 300 tokens, an inbox eight mails, and each turn reads the inbox from its start: at 320
# characters a mail, a step of 32 rollouts took a minute on one core. 200 are the sender, the date,
# the subject and how the mail begins.
READ_CHARACTERS: Final = 200
NO_THREAD: Final = "Earlier messages of the thread:\\n(none)\\n\\n"
# The model writes the arguments of its one tool and nothing else. Where tools are offered, the
# template opens the call, so the parser reads a tool call; where none are, as through
# `transformers serve` from the root's baseline, the same words are the JSON that it asks for.
CHAT_TEMPLATE: Final = """\
{%- set calls = namespace(on=tools) %}
{%- for message in messages %}
{%- if message.role == 'tool' or message.tool_calls %}{% set calls.on = true %}{% endif %}
{%- endfor %}
{%- for message in messages %}
{%- if message.role == 'assistant' %}
{{- '<|im_start|>assistant\\n' }}{% if calls.on %}{{ '<tool_call>' }}{% endif %}
{%- generation %}
{%- for call in message.tool_calls or [] %}{{ call.function.arguments | tojson }}{% endfor %}
{{- message.content or '' }}{{ '<|im_end|>' }}
{%- endgeneration %}{{- '\\n' }}
{%- elif message.role != 'system' %}
{{- '<|im_start|>' + (message.name or message.role) + '\\n' }}
{{- (message.content.split('\\nFrom: ', 1)[-1] | replace('@NO_THREAD@', ''))[:@READ@] }}
{{- '<|im_end|>\\n' }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|im_start|>assistant\\n' }}{% if calls.on %}{{ '<tool_call>' }}{% endif %}
{%- endif %}""".replace("@READ@", str(READ_CHARACTERS)).replace("@NO_THREAD@", NO_THREAD)
RESPONSE_TEMPLATE: Final[dict[str, Any]] = {
    "defaults": {"role": "assistant"},
    "start_anchor": "<|im_start|>assistant\n",
    "fields": {
        "tool_calls": {
            "open": CALL,
            "close_pattern": r"<\|im_end\|>\s*",
            "repeats": True,
            "content": "json",
            "transform": {
                "type": "function",
                "function": {"name": "triage", "arguments": "{content}"},
            },
        },
        "content": {"close_pattern": r"<\|im_end\|>\s*", "content": "text"},
    },
}
# What every answer repeats. Pieced together from a dozen tokens it broke in one draw out of three.
FRAME: Final = ('{"label": "', '", "route_to": "', '", "summary": "', '"}')
HEAD_SIZE: Final = 32
# An inbox takes about 1,000 tokens, and its answers may be longer than they should.
MOST_TOKENS: Final = 8192


def build_tokenizer(
    texts: Iterable[str], vocabulary: int, choices: Iterable[str]
) -> PreTrainedTokenizerFast:
    """Train a byte-level tokenizer.

    Args:
        texts: What it should write in few tokens.
        vocabulary: How many tokens there are, beside the frame of an answer and the choices.
        choices: The labels and teams; each is one token, so that a choice is one draw.

    Returns:
        The tokenizer, with a template that renders tools and parses their calls.
    """
    special = [PADDING, TURN_START, TURN_END, CALL]
    pairs = Tokenizer(models.BPE())
    pairs.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    pairs.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    pairs.train_from_iterator(texts, trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=pairs,
        eos_token=TURN_END,
        pad_token=PADDING,
        padding_side="left",
        additional_special_tokens=[TURN_START],
    )
    tokenizer.add_tokens([AddedToken(text, normalized=False) for text in (*FRAME, *choices)])
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.response_template = RESPONSE_TEMPLATE
    return tokenizer


def build_model(
    tokenizer: PreTrainedTokenizerBase, hidden: int, layers: int, seed: int
) -> LlamaForCausalLM:
    """Build the untrained model.

    Args:
        tokenizer: Its tokenizer.
        hidden: The size of a token's representation.
        layers: How many there are.
        seed: Of its first weights.

    Returns:
        The model.
    """
    torch.manual_seed(seed)
    heads = max(1, hidden // HEAD_SIZE)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=hidden,
            intermediate_size=hidden * 4,
            num_hidden_layers=layers,
            num_attention_heads=heads,
            num_key_value_heads=heads,
            max_position_embeddings=MOST_TOKENS,
            tie_word_embeddings=True,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=None,
        )
    )
