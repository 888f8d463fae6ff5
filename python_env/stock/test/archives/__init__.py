"""The module `archives` of the stock."""
