"""Renders the monthly statements of accounts."""
