"""The linear reader: a policy without pretrained weights that learns from rewards alone."""
