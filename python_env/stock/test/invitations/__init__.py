"""The module `invitations` of the stock."""
