"""Modules that agents are tested on, by other hands than those of train."""
