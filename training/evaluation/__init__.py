"""What a policy is worth: evaluations of local policies, and their figures."""
