"""A chat template for SmolLM2 that knows tools: its own one does not, and TRL must read its calls.

Without tools a conversation reads exactly as by SmolLM2's own template. With tools the template
opens the call, and the model writes its arguments as JSON: the same words that answer a single mail
or the root's baseline, so that what was learned in one form is known in the others.
"""

from typing import Any, Final

from transformers import PreTrainedTokenizerBase

CALL: Final = "<tool_call>"
CHAT_TEMPLATE: Final = """\
{%- set calls = namespace(on=tools) %}
{%- for message in messages %}
{%- if message.role == 'tool' or message.tool_calls %}{% set calls.on = true %}{% endif %}
{%- endfor %}
{%- if tools %}
{{- '<|im_start|>system\\nAnswer with a call of this tool: its arguments as JSON.\\n' }}
{%- for tool in tools %}{{- (tool.function or tool) | tojson + '\\n' }}{% endfor %}
{%- if messages[0].role == 'system' %}{{- messages[0].content }}{% endif %}
{{- '<|im_end|>\\n' }}
{%- elif messages[0].role != 'system' %}
{{- '<|im_start|>system\\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face' }}
{{- '<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
{%- if not (tools and loop.first and message.role == 'system') %}
{{- '<|im_start|>' + (message.name if message.role == 'tool' else message.role) + '\\n' }}
{%- if message.role == 'assistant' and calls.on %}{{ '@CALL@' }}{% endif %}
{%- for call in message.tool_calls or [] %}{{ call.function.arguments | tojson }}{% endfor %}
{{- message.content or '' }}{{ '<|im_end|>\\n' }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|im_start|>assistant\\n' }}{% if calls.on %}{{ '@CALL@' }}{% endif %}
{%- endif %}""".replace("@CALL@", CALL)
_END: Final = r"<\|im_end\|>\s*"
RESPONSE_TEMPLATE: Final[dict[str, Any]] = {
    "defaults": {"role": "assistant"},
    "start_anchor": "<|im_start|>assistant\n",
    "fields": {
        "tool_calls": {
            "open": CALL,
            "close_pattern": _END,
            "repeats": True,
            "content": "json",
            "transform": {
                "type": "function",
                "function": {"name": "triage", "arguments": "{content}"},
            },
        },
        "content": {"close_pattern": _END, "content": "text"},
    },
}


def with_tools(tokenizer: PreTrainedTokenizerBase) -> PreTrainedTokenizerBase:
    """Give a tokenizer of SmolLM2 the template.

    Args:
        tokenizer: It is changed in place.

    Returns:
        The tokenizer.
    """
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.response_template = RESPONSE_TEMPLATE
    return tokenizer
