"""The data-generating process of a synthetic county, and the truth it plants."""
