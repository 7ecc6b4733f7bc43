"""Measurements of the portal beside other servers; nothing of the product imports them."""
