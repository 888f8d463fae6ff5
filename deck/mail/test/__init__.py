"""Mail held out to test on."""
