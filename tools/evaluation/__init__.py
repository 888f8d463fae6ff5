"""What played episodes amount to: means with intervals, reliability, failures, a table."""
