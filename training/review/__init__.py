"""The same model and trainers on the code-review environment: one finding or an approval each."""
