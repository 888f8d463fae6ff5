"""What turns uv's output into locks that every pip installs, and what tries them."""
