"""Samples around a cutoff on which the answer is known."""

import numpy as np
import pandas as pd
import pytest


def draw_cutoff(seed: int, n: int = 4_000, effect: float = 2.0, groups: int = 4) -> pd.DataFrame:
    """Units with a score on (-1, 1), treated above 0 for sure in `sharp`, more often in `fuzzy`.

    The outcome of `fuzzy` bends, and shares a shock within villages, which lie on both sides.
    """
    random = np.random.default_rng(seed)
    score = random.uniform(-1, 1, n)
    village = random.integers(groups * 25, size=n)
    noise = random.normal(size=n) + 0.7 * random.normal(size=groups * 25)[village]
    takes = (random.random(n) < 0.2 + 0.5 * (score >= 0)).astype(float)
    bend = 1 + 0.8 * score + 0.6 * score**2
    return pd.DataFrame(
        {
            "unit no.": np.arange(n) + 10_000,
            "village": village,
            "group": village % groups,
            "score": score,
            "takes it": takes,
            "covariate": 0.5 * noise + random.normal(size=n),
            "sharp": bend + effect * (score >= 0) + noise,
            "fuzzy": bend + effect * takes + noise,
        }
    )


@pytest.fixture(scope="session")
def around() -> pd.DataFrame:
    return draw_cutoff(1)
