"""The rules: states, matching, permissions, refusals. Pure values in, pure values out."""
