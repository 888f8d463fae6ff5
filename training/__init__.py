"""Training on the environment through its public client: rewards, trainer, evaluation, plots."""
