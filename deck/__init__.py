"""Hand-written mail beyond the headline tasks, dealt into numbered inboxes.

Nothing is random: `deal("hard", "train", 17)` is the same inbox on every machine. What the mails
say lies in `deck.mail`, how they are dealt in `deck.dealing`, how a gap in a mail is filled in
`deck.slots`. See deck/README.md for how to add one.
"""

from deck.dealing import UnknownDealError, deal, deal_id, deal_reasons, deals, find_deal
from deck.slots import UnknownSlotError
from deck.storyline import Storyline, StorylineError

__all__ = [
    "Storyline",
    "StorylineError",
    "UnknownDealError",
    "UnknownSlotError",
    "deal",
    "deal_id",
    "deal_reasons",
    "deals",
    "find_deal",
]
