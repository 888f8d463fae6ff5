"""A language model from its directory, asked as it learned to answer."""

from pathlib import Path

from tools.episodes.playing import Player
from training.language.mail_policy import MailPolicy
from training.language.mail_prompt import PROMPT_FILE
from training.language.policy import LanguagePolicy


def load_policy(source: str | Path, *, temperature: float = 0.0, seed: int = 0) -> Player:
    """Load a model, or the adapter of one.

    Args:
        source: A directory, or a hub id.
        temperature: 0 for the likeliest words, or how freely they are drawn.
        seed: Of the draws.

    Returns:
        A policy that is asked mail by mail where the directory says so, else in one conversation.

    Raises:
        RefusedError: If there is no such model, or it cannot be asked.
    """
    kind = MailPolicy if (Path(source) / PROMPT_FILE).is_file() else LanguagePolicy
    policy: Player = kind.load(source, temperature=temperature, seed=seed)
    return policy
