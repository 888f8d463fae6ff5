"""Settings of a service from YAML, an environment and a folder."""
