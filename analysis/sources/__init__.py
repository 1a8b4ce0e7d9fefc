"""Files as received to checked tables: every value is looked at once, here, and trusted afterwards."""
