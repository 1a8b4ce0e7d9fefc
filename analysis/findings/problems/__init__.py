"""Findings about the problems that the study names, one module a problem."""
