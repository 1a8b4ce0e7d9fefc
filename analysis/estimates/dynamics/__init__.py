"""Dynamics: lagged outcomes, their bias and its cure, returns to poverty, feedback of past income."""
