"""What may be published of a group: personal variables only of more than seven (codebook, disclosure)."""

import pandas as pd

FEWEST = 8


def published(figures: pd.Series, counts: pd.Series) -> pd.Series:
    """Return figures of groups, not known where a group is smaller than `FEWEST`."""
    return figures.where(counts >= FEWEST)
