"""The module `finder` of the stock."""
