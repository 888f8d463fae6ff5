"""Runs recurring jobs by an injected clock."""
