"""The module `uploads` of the stock."""
