"""The module `meters` of the stock."""
