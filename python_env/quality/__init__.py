"""What proves the stock and the reward."""
