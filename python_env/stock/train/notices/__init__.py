"""The module `notices` of the stock."""
