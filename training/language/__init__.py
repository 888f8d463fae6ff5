"""A language model learns the environment with TRL: settings, warm start, trainer, saving."""
