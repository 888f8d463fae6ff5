"""The module `pricing` of the stock."""
