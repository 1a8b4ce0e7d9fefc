"""Threshold regression: an effect that differs by the level of another variable."""
