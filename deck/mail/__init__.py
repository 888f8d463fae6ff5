"""All storylines, by split and difficulty."""

from collections.abc import Mapping
from typing import Final

from deck.mail.test import easy as test_easy
from deck.mail.test import hard as test_hard
from deck.mail.test import medium as test_medium
from deck.mail.train import easy as train_easy
from deck.mail.train import hard as train_hard
from deck.mail.train import medium as train_medium
from deck.storyline import Storyline
from models import Difficulty

MAIL: Final[Mapping[tuple[str, Difficulty], tuple[Storyline, ...]]] = {
    ("train", "easy"): train_easy.STORYLINES,
    ("train", "medium"): train_medium.STORYLINES,
    ("train", "hard"): train_hard.STORYLINES,
    ("test", "easy"): test_easy.STORYLINES,
    ("test", "medium"): test_medium.STORYLINES,
    ("test", "hard"): test_hard.STORYLINES,
}
