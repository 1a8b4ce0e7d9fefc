"""How far estimates move when what they assume is relaxed."""
