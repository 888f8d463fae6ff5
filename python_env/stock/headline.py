"""The headline tasks, chosen by hand: on three levels, each kind that the owner's checklist names.

SQL injection, unsafe YAML and pickle, a leaked file handle, races, retries and backoff, caching,
what logs give away, and waits for other services without a limit are among them. One is clean.
"""

from typing import Final

from python_env.stock.format import WRONG_LOUD, WRONG_QUIET, Headline

HEADLINE: Final[tuple[Headline, ...]] = (
    Headline("easy_ledger", "easy", "ledger", {"search": WRONG_QUIET}),
    Headline("easy_hooks", "easy", "hooks", {"record": WRONG_QUIET}),
    Headline("easy_importer", "easy", "importer", {"read": WRONG_LOUD}),
    Headline("easy_pricing", "easy", "pricing", {"fetch_rates": WRONG_QUIET}),
    Headline("easy_settings", "easy", "settings", {"parsed": WRONG_LOUD}),
    Headline(
        "medium_jobqueue", "medium", "jobqueue", {"claim": WRONG_QUIET, "failure": WRONG_LOUD},
        ("add", "decode", "requeue"),
    ),
    Headline(
        "medium_memo", "medium", "memo", {"question": WRONG_QUIET, "load": WRONG_LOUD},
        ("lifetime", "put", "warm"),
    ),
    Headline(
        "medium_hooks", "medium", "hooks", {"deliver": WRONG_QUIET, "parse": WRONG_LOUD},
        ("genuine", "record", "target"),
    ),
    Headline(
        "medium_uploads", "medium", "uploads", {"clean": WRONG_QUIET, "thumbnail": WRONG_QUIET},
        ("unpack", "save", "reserve"),
    ),
    Headline(
        "medium_sessions", "medium", "sessions", {"sign_in": WRONG_QUIET, "note": WRONG_LOUD},
        ("token", "redeem", "failures"),
    ),
    Headline(
        "medium_statements", "medium", "statements",
        {"save": WRONG_LOUD, "reference": WRONG_LOUD}, ("fee", "send", "transfer"),
    ),
    Headline(
        "hard_ledger", "hard", "ledger",
        {"settle": WRONG_QUIET, "balance": WRONG_LOUD, "export": WRONG_QUIET},
        ("search", "page", "total", "remove"),
    ),
    Headline(
        "hard_pricing", "hard", "pricing", {"rate": WRONG_QUIET, "price": WRONG_LOUD},
        ("applies", "fetch_rates", "reduction", "tier_percent"),
    ),
    Headline(
        "hard_flags", "hard", "flags",
        {"override": WRONG_QUIET, "is_on": WRONG_LOUD, "previews": WRONG_LOUD},
        ("change", "notes", "running"),
    ),
    Headline(
        "hard_scheduler", "hard", "scheduler", {"missed": WRONG_LOUD, "lock": WRONG_QUIET},
        ("due", "run", "describe", "history"),
    ),
    Headline(
        "hard_auditlog", "hard", "auditlog", {},
        ("redacted", "text", "segment", "broken", "receipt", "search"),
    ),
)  # fmt: skip
