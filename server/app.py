"""Starts the native server by `python server/app.py`, where older releases of OpenEnv look for it.

Only a script: without an `__init__.py` beside it, `import server` goes on to mean server.py.
"""

import sys
from pathlib import Path


def main() -> None:
    """Serve until stopped."""
    # A script finds what lies beside itself, and the project lies one folder up.
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from email_triage_env.server.app import main as serve

    serve()


if __name__ == "__main__":
    main()
