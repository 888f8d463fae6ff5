"""The same environment over OpenEnv's own protocol: WebSocket sessions, Task API, rubric, /web."""

from typing import Final

from email_triage_env.client import EmailTriageClient

__all__ = ["VERSION", "EmailTriageClient"]

# As in pyproject.toml and openenv.yaml: scores of different versions are not comparable.
VERSION: Final = "0.3.0"
