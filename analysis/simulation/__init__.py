"""Monte Carlo: the whole battery on many synthetic counties whose truth is known."""
