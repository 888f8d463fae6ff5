"""The command `server`, or `python -m python_env`: serves where the server's code is."""

import sys
from importlib.util import find_spec
from typing import Final, NoReturn

_CLIENT: Final = (
    "The installed python_env is the client, without a server; run this command in the "
    "environment's own folder, or its container image."
)
_MISSING: Final = (
    "The server needs {name}; pip install --require-hashes -r server/requirements.txt, in an "
    "environment of its own."
)
_REFUSED: Final = 2


def main() -> None:
    """Serve until stopped.

    Raises:
        SystemExit: With status 2, after a sentence that says what is missing here.
    """
    if find_spec("python_env.server") is None:
        _refuse(_CLIENT)
    try:
        from python_env.server.app import main as serve
    except ModuleNotFoundError as error:
        _refuse(_MISSING.replace("{name}", str(error.name)))
    serve()


def _refuse(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(_REFUSED)


if __name__ == "__main__":
    main()
