"""The environments where people evaluate models: verifiers and Inspect."""
