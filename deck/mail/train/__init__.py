"""Mail to train on."""
