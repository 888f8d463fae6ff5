"""What code review costs: findings, patches, deals, `/health` beside patches, and memory.

    python -m benchmarks.reviews [--patches N] [--seconds S]

Needs what `python_env/requirements.txt` lists, see python_env/README.md. Nothing is measured but by
a ratio to a baseline of the same run, one and the other in turn: a finding against parsing its
action twice, as a step does; a deal against parsing the code that it deals; a patch against bare
Python that runs the same module and its scenarios in one process; `/health` beside patches against
`/health` of the same server idle. No patch was ever sent before, so that nothing is remembered.

`--patches` says how many patches are timed, in turn on the modules of test; `--seconds` how long
`/health` is asked, half of it idle. With the defaults all takes about a minute and a half on two
idle cores. What is going on is told on the standard error.
"""

import argparse
import gc
from collections.abc import Sequence
from typing import Final

from benchmarks.review_server import measure_health, measure_memory
from benchmarks.review_steps import Row, measure_deals, measure_findings, measure_patches, say
from python_env.server.sandbox import Sandbox
from tools.serving import HOUSE, serving

# More than a hundred, or the p99 would be the worst.
PATCHES: Final = 104
SECONDS: Final = 24.0


def rounded(figure: float) -> str:
    """Return a figure with as many digits as say something."""
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.2g}"  # noqa: PLR2004 # two digits


def verdict(row: Row) -> str:
    """Say which bars a row meets."""
    return ", ".join(
        f"{name} {'meets' if row.figures[name] <= bar else 'MISSES'} {bar:g}"
        for name, bar in row.bars.items()
    )


def table(rows: Sequence[Row]) -> str:
    """Return the figures as a table of Markdown."""
    lines = [
        "| measured | median | p99 | worst | bar | against |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        figures = (
            f"{rounded(row.figures[name])} {row.unit}" if name in row.figures else ""
            for name in ("median", "p99", "worst")
        )
        lines.append(f"| {' | '.join([row.name, *figures, verdict(row), row.against])} |")
    return "\n".join(lines)


def main() -> None:
    """Measure all and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reviews", description="Times code review."
    )
    parser.add_argument("--patches", type=int, default=PATCHES, help="how many are timed")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long /health is asked")
    options = parser.parse_args()
    if options.patches < 1 or not options.seconds > 0:
        parser.error("--patches is 1 or more, and --seconds is above 0")
    # As the server does, which would look at all that is imported again and again.
    gc.collect()
    gc.freeze()
    say("deals")
    dealt = measure_deals()
    with Sandbox() as sandbox:
        say("findings")
        rows = [measure_findings(sandbox)]
        say("patches, and the same in bare Python")
        rows += measure_patches(options.patches, sandbox)
    rows.append(dealt)
    say("a server starts")
    with serving("server.app", folder=HOUSE / "python_env") as server:
        say("/health, idle and beside patches")
        rows += measure_health(server.url, options.seconds)
        say("memory")
        rows.append(measure_memory(server))
    print(table(rows))


if __name__ == "__main__":
    main()
