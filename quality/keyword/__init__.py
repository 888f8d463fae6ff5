"""Keyword rules for the shared inbox, in the style of a spam filter and a ticket router.

Written from the policy text alone, before any of the mail, by somebody who did his best. They are
a yardstick: when they score too well, the mail gives too much away, and the mail is what changes.

`decisions` applies `rules` to what `reading` and `dates` find in a mail; `summary` writes.
"""

from quality.keyword.decisions import decide

__all__ = ["decide"]
