"""Makes the paper out of its Quarto sources, with Quarto or with the engines that Quarto wraps."""
