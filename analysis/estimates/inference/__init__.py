"""Inference for few clusters: randomization, families of tests, leave one out, and the rule that chooses."""
