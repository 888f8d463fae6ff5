"""The email triage environment where people evaluate models: verifiers and Inspect."""
