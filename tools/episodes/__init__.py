"""Episodes over the wire: played, written down, collected."""
