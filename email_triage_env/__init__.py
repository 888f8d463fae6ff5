"""The email triage environment on OpenEnv's protocol: the client, its models and its prompt."""

from typing import Final

from email_triage_env.client import EmailTriageClient
from email_triage_env.models import EmailTriageAction, EmailTriageObservation, EmailTriageState

__all__ = [
    "VERSION",
    "EmailTriageAction",
    "EmailTriageClient",
    "EmailTriageObservation",
    "EmailTriageState",
]

# As in pyproject.toml and openenv.yaml: scores of different versions are not comparable.
VERSION: Final = "0.5.0"
