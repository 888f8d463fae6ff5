"""The module `jobqueue` of the stock."""
