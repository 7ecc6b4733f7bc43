"""Jobs and the relay that hands them out, thin."""
