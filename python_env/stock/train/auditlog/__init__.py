"""The module `auditlog` of the stock."""
