"""What the variables may say."""

import pytest

from python_env.server.configuration import (
    Configuration,
    MisconfiguredError,
    configuration,
    review_config,
)
from python_env.server.splits import split_sizes

NAMES = (
    "HOST", "PORT", "WORKERS", "MAX_CONCURRENT_ENVS", "SESSION_TIMEOUT_SECONDS", "ROOT_PATH",
    "ALLOWED_ORIGINS",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without variables, and with empty ones, they are what the documentation says."""
    expected = Configuration("0.0.0.0", 8000, 1, 64, 600, "", ())  # noqa: S104
    assert configuration() == expected
    for name in NAMES:
        monkeypatch.setenv(name, "")
    assert configuration() == expected


def test_what_is_set_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each variable sets its own."""
    values = ("127.0.0.1", "9", "2", "3", "4", "/x/", "http://A, null")
    for name, value in zip(NAMES, values, strict=True):
        monkeypatch.setenv(name, value)
    assert configuration() == ("127.0.0.1", 9, 2, 3, 4, "/x", ("http://a", "null"))


@pytest.mark.parametrize("name", ["PORT", "WORKERS", "MAX_CONCURRENT_ENVS"])
@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "1e3", " 8", "٣", "9" * 5000, "99999999"])
def test_numbers_are_checked(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The error names the variable, what it is and what it may be."""
    monkeypatch.setenv(name, value)
    with pytest.raises(MisconfiguredError, match=rf"{name} is .*whole number from 1 to \d+"):
        configuration()


@pytest.mark.parametrize("value", ["example.com", "https://x/path", "https://", "ftp//x"])
def test_origins_are_checked(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """What is no origin would match nothing."""
    monkeypatch.setenv("ALLOWED_ORIGINS", f"https://good.example,{value}")
    with pytest.raises(MisconfiguredError, match="write origins such as"):
        configuration()


def test_what_is_graded_by_is_shown() -> None:
    """The weights add up, and the splits are those that there are."""
    config = review_config()
    assert sum(config.weights.values()) == pytest.approx(1.0)
    assert config.splits == split_sizes()
    with pytest.raises(ValueError, match="frozen"):
        setattr(config, "max_steps", 99)  # noqa: B010 # a type checker knows that it cannot
