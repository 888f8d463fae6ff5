"""The server side: what is behind the wire."""
