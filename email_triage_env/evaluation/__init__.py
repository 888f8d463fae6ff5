"""What an evaluation finds out about mail, from the client's side alone."""

from email_triage_env.evaluation.measures import PASS_SCORE, ROWS, MailFindings
from email_triage_env.evaluation.probe import ProbeError, examine

__all__ = ["PASS_SCORE", "ROWS", "MailFindings", "ProbeError", "examine"]
