"""The module `ledger` of the stock."""
