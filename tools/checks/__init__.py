"""Checks of OpenEnv's quality policy that OpenEnv itself has no grader for yet; see tools.check."""
