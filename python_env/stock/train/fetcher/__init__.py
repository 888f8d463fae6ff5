"""A client of an HTTP API over a transport that is handed in."""
