"""The module `mailroom` of the stock."""
