"""The module `hooks` of the stock."""
