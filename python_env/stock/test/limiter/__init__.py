"""The module `limiter` of the stock."""
