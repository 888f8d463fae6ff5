"""After mail was added or changed: updates what a machine can, and lists what a person has to do.

python -m quality.mail               exits 0 when nothing is left to do
python -m quality.mail --show MAIL   prints the policy and the mail, after those that came before
                                     it, for somebody who is to write a summary of it
python -m quality.mail --read MAIL   says that what was written about a mail fits its new wording
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from typing import Any, Final

from deck import StorylineError
from deck.circumstances import CircumstancesError
from deck.slots import UnknownSlotError
from quality import digests, duties, gallery, golden, mails, tables, written
from quality.deck_rules import Complaint
from quality.mails import UnknownMailError
from tasks import POLICY, TASKS

ROOT: Final = digests.ROOT
MISSED: Final = "This bar is missed; step 5 of deck/README.md tells what that means."
MEND_FIRST: Final = "Mend that and run this again; before, not everything can be found out."


def main() -> int:
    """Do what the command line says; return 1 when something is left to a person."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--show", metavar="MAIL", help="print a mail as an agent sees it")
    parser.add_argument("--read", metavar="MAIL", nargs="+", help="what is written about it fits")
    arguments = parser.parse_args()
    try:
        if arguments.show:
            print(as_seen(arguments.show))
            return 0
        if arguments.read:
            mark_as_read(arguments.read)
            return 0
    except UnknownMailError as error:
        print(error, file=sys.stderr)
        return 2
    return _report()


def as_seen(name: str) -> str:
    """Return a mail as an agent sees it: after the policy and the mails that came before it."""
    seen = "\n\n----\n\n".join(map(gallery.as_read, mails.up_to(name)))
    return f"{POLICY}\n\n----\n\n{seen}"


def mark_as_read(names: Iterable[str]) -> None:
    """Write down that what was written about some mails fits what they say now."""
    record = mails.load()
    record.read |= {name: mails.digest(mails.find(name).email) for name in names}
    mails.save(record)


def _report() -> int:
    print("Reading the mail ...", file=sys.stderr)
    left = list(duties.broken_rules())
    updated: list[str] = []
    for step in (_texts, _pins, _measures):
        try:
            step(updated, left)
        except (StorylineError, UnknownSlotError, CircumstancesError) as error:
            left.append(("deck", f"{error} {MEND_FIRST}"))
    print(f"Updated: {', '.join(updated) or 'nothing'}.")
    for mail, complaints in by_mail(left).items():
        print("\n".join([f"\n{mail}", *(f"  - {said}" for said in complaints)]))
    print(
        f"\n{len(left)} left to do." if left else "Nothing is left to do; `make check` checks it."
    )
    return 1 if left else 0


def by_mail(complaints: Iterable[Complaint]) -> dict[str, list[str]]:
    """Return complaints by the mail that they are about, each once."""
    grouped: dict[str, dict[str, None]] = {}
    for mail, said in complaints:
        grouped.setdefault(mail, {})[said] = None
    return {mail: list(said) for mail, said in grouped.items()}


def _texts(updated: list[str], left: list[Complaint]) -> None:
    """Hold what was written about mail against it."""
    texts = written.every_text()
    if mails.update({text.mail for text in texts}):
        updated.append("quality/mails.json")
    outdated = list(duties.outdated(texts, mails.load().read))
    lost = {mail for mail, _ in outdated}
    left += duties.unwritten()
    left += outdated
    left += duties.unstated([text for text in texts if text.mail not in lost])


def _measures(updated: list[str], left: list[Complaint]) -> None:
    """Play the reference policies once nothing else is left."""
    if not left:
        print("Measuring, which takes some minutes ...", file=sys.stderr)
        updated += tables.write()
        left += [(row, MISSED) for row in tables.missed()]


def _pins(updated: list[str], _left: list[Complaint]) -> None:
    """Bring up to date what hangs on the mail alone."""
    pins = json.loads((ROOT / digests.FILE).read_text(encoding="utf-8"))
    committed = _committed_pins() or pins
    now = digests.measured()
    declared = digests.pinned_version(ROOT)
    if (version := _version(committed, now, declared)) != declared:
        digests.declare(ROOT, version)
        updated.append(f"{digests.MANIFEST} ({version})")
    if pins != {"dataset_version": version, **now}:
        digests.write(ROOT)
        updated.append(digests.FILE)
    changed = [name for name in TASKS if committed["headline"].get(name) != now["headline"][name]]
    if episodes := golden.write(changed):
        updated.append(f"{len(episodes)} golden episodes")
    if gallery.write():
        updated.append("deck/GALLERY.md")


def _version(committed: dict[str, Any], now: dict[str, Any], declared: str | None) -> str:
    """Return the dataset's version, raised once for all that has changed since the last commit."""
    version: str = committed["dataset_version"]
    if committed == {"dataset_version": version, **now}:
        return version
    return digests.raised(version) if declared in (None, version) else declared


def _committed_pins() -> dict[str, Any] | None:
    """Return the pins of the last commit, where there is one."""
    git = shutil.which("git")
    if git is None:
        return None
    shown = subprocess.run(  # noqa: S603 # nothing of it comes from outside
        [git, "show", f"HEAD:{digests.FILE}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return json.loads(shown.stdout) if shown.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
