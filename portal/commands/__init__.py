"""The commands of `python -m portal`, one module each; loaded only when they are called."""
