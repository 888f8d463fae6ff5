"""What serves any environment, and knows none."""
