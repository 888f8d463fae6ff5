"""Feature flags and gradual roll-outs."""
