"""The fault and abuse suite: real processes, real crashes, and a checker; `python -m faults`."""
