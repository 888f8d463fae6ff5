"""Runs code that nobody vouches for, in CPython on WebAssembly, and says what came of it."""

from python_env.server.sandbox.answers import Answer, Outcome, SandboxError, same_value
from python_env.server.sandbox.pool import Sandbox, check_ready

__all__ = ["Answer", "Outcome", "Sandbox", "SandboxError", "check_ready", "same_value"]
