"""What tests share: one sandbox."""

from collections.abc import Iterator

import pytest

from python_env.server.sandbox import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Return a sandbox that all tests may use."""
    made = Sandbox()
    yield made
    made.close()
