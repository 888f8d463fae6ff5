"""The module `sharing` of the stock."""
