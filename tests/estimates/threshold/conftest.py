from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="session")
def panel() -> Callable[..., pd.DataFrame]:
    """A balanced panel of farms whose yield answers to water by a function of the soil."""

    def drawn(gain, noise: float = 1.0, seed: int = 3, n: int = 80, years: int = 5) -> pd.DataFrame:
        random = np.random.default_rng(seed)
        farm, year = np.repeat(np.arange(n), years), np.tile(np.arange(2001, 2001 + years), n)
        water, soil = random.normal(2, 1, n * years), random.uniform(0, 10, n * years)
        level = 3 * random.normal(size=n)[farm] + 0.4 * (year - 2001)
        answer = gain(soil) * water + level + noise * random.normal(size=n * years)
        names = [f"f{number}" for number in farm]
        return pd.DataFrame(
            {
                "farm": names,
                "the year": year,
                "valley": farm // 2,
                "answer": answer,
                "water": water,
                "soil": soil,
            }
        )

    return drawn


@pytest.fixture(scope="session")
def columns() -> dict[str, str]:
    return {
        "outcome": "answer",
        "regressor": "water",
        "threshold": "soil",
        "entity": "farm",
        "period": "the year",
        "clusters": "valley",
    }
