"""A second environment, small and unlike the first: find a number, with hints that cost."""
