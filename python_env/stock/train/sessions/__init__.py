"""The module `sessions` of the stock."""
