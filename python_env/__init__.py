"""Code review in which every defect is proved."""
