"""Every number, table and figure of the paper, with a name and a passport."""
