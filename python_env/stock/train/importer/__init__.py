"""The module `importer` of the stock."""
