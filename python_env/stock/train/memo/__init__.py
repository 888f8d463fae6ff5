"""A read-through cache in front of a slow store."""
