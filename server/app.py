"""The native server where OpenEnv's tools look for it: `python server/app.py`, `server.app:app`.

In the repository only a script: without an `__init__.py` beside it, `import server` goes on to mean
server.py. A staged Space has no server.py, and there it is the module.
"""

import sys
from pathlib import Path

# A script finds what lies beside itself, and the project lies one folder up.
sys.path.insert(0, str(Path(__file__).parents[1]))

from email_triage_env.server.app import app as app
from email_triage_env.server.app import main as serve


def main() -> None:
    """Serve until stopped."""
    serve()


if __name__ == "__main__":
    main()
