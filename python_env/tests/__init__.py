"""Tests of this environment: `python -m pytest tests -q` in its folder."""
