"""Reference policies, and the report that proves the reward cannot be gamed."""
