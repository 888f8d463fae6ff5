"""The module `payouts` of the stock."""
