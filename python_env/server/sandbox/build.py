"""Compiles CPython for the sandbox: `python -m python_env.server.sandbox.build`.

An image does this when it is built; elsewhere the first use does. It prints where the file is.
"""

import sys

from python_env.server.sandbox.native import ensure_compiled

if __name__ == "__main__":
    sys.stdout.write(f"{ensure_compiled()}\n")
