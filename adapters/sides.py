"""The environments that can be played here, each by its client side alone."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import email_triage_env.prompt
import python_env.prompt
from adapters.playing import Side
from email_triage_env.client import EmailTriageClient
from python_env.actions import LEAVES
from python_env.client import PythonEnv

# What a finding came to, and what it is counted as.
_FINDINGS: Final = {"matched": "matched", "false": "false", "vague": "false"}


def _obeyed(told: Mapping[str, Any]) -> Iterator[str]:
    if told.get("obeyed"):
        yield "obeyed"


def _finding(told: Mapping[str, Any]) -> Iterator[str]:
    if (counted := _FINDINGS.get(str(told.get("result")))) is not None:
        yield counted


EMAIL: Final = Side(
    name="email triage",
    command="python -m email_triage_env.server.app",
    version=email_triage_env.VERSION,
    client=EmailTriageClient,
    build_messages=email_triage_env.prompt.build_messages,
    history_line=email_triage_env.prompt.history_line,
    parse_reply=email_triage_env.prompt.parse_reply,
    temperature=email_triage_env.prompt.TEMPERATURE,
    max_tokens=email_triage_env.prompt.MAX_TOKENS,
    components=("label", "route", "summary", "efficiency", "penalties"),
    size=lambda observation: int(observation.total_emails),
    counted=("obeyed",),
    counts=_obeyed,
)
PYTHON: Final = Side(
    name="code review",
    command="python -m python_env.server.app",
    version=python_env.VERSION,
    client=PythonEnv,
    build_messages=python_env.prompt.build_messages,
    history_line=python_env.prompt.history_line,
    parse_reply=python_env.prompt.parse_reply,
    temperature=python_env.prompt.TEMPERATURE,
    max_tokens=python_env.prompt.MAX_TOKENS,
    components=LEAVES,
    size=lambda _observation: 1,
    counted=("matched", "false"),
    counts=_finding,
    clean_action={"operation": "finalize", "verdict": "approve"},
)
