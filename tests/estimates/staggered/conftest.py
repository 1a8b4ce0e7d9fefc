import moderndid
import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="session")
def mpdta() -> pd.DataFrame:
    """The county panel of minimum wages of Callaway and Sant'Anna (2021), 500 counties, 2003-2007."""
    loaded = moderndid.load_mpdta()
    frame = loaded.to_pandas() if hasattr(loaded, "to_pandas") else loaded
    first = frame["first.treat"].replace(0, np.nan)
    return frame.assign(first=first, treated=(frame["year"] >= first).astype(float))


@pytest.fixture
def two_by_two() -> pd.DataFrame:
    """Two entities treated in period 1, two never; means 1, 7 and 2, 3."""
    return pd.DataFrame(
        {
            "unit": ["a", "a", "b", "b", "c", "c", "d", "d"],
            "round": [0, 1] * 4,
            "first": [1.0] * 4 + [np.nan] * 4,
            "y": [0.0, 6.0, 2.0, 8.0, 1.0, 2.0, 3.0, 4.0],
        }
    )
