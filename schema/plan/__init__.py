"""The read plan: what a field is, said once, and the two ways in which it is read."""
