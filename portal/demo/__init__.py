"""The demo district: Northeim with people who do not exist, the same on every machine."""
