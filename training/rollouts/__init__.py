"""Rollouts on many machines."""
