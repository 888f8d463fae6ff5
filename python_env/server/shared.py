"""What all sessions of a process share: the sandbox, threads to wait for it, and the journal."""

import atexit
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from python_env.server.journal import Journal, JournalError
from python_env.server.sandbox import Sandbox

JOURNAL: Final = "JOURNAL"
# So many actions may wait for the sandbox at once; others wait for them.
_WAITING: Final = 16
_QUIET_SECONDS: Final = 60.0
_log = logging.getLogger(__name__)


class Shared:
    """The sandbox, which starts when it is needed, and the journal of all episodes.

    Attributes:
        sandbox: Runs code; any thread may use it.
        threads: Where to wait for it.
        journal: Keeps episodes.
    """

    def __init__(self, sandbox: Sandbox, journal: Journal) -> None:
        """Share these."""
        self.sandbox = sandbox
        self.journal = journal
        self.threads = ThreadPoolExecutor(_WAITING, thread_name_prefix="sandbox")
        self._told = -_QUIET_SECONDS

    def complain(self, error: JournalError) -> None:
        """Say in the log that episodes are not kept, once a minute."""
        if time.monotonic() - self._told >= _QUIET_SECONDS:
            self._told = time.monotonic()
            _log.warning("Episodes over WebSockets go on, but are not kept. %s", error)

    def close(self) -> None:
        """End the sandbox's processes and close the journal."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        self.sandbox.close()
        self.journal.close()


@contextmanager
def journal_place() -> Iterator[str]:
    """Yield the path of the journal: what JOURNAL says, or a file that is removed afterwards."""
    named = os.getenv(JOURNAL)
    if named:
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="python_env-", ignore_cleanup_errors=True) as folder:
        yield str(Path(folder) / "journal.sqlite")


@cache
def shared() -> Shared:
    """Return what this process shares, made at the first call and let go when the process ends.

    Raises:
        JournalError: If the journal cannot be written.
    """
    journal = Journal(_own.enter_context(journal_place()))
    found = Shared(Sandbox(), journal)
    _own.callback(found.close)
    return found


def release() -> None:
    """End what `shared` made, and remove the journal if nobody named it."""
    _own.close()


# A server that is stopped by a signal may never get to what is registered at exit.
_own: Final = ExitStack()
atexit.register(release)
