"""Panels on which the answers are known."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.datasets.grunfeld
from linearmodels.datasets import wage_panel

ROOT = Path(__file__).parents[2]
HISP = (ROOT / "data/hisp/raw/evaluation.dta", ROOT.parent / "shared/real/hisp/evaluation.dta")


def make_panel(seed: int, n_households: int, n_years: int, n_villages: int, kept: float) -> pd.DataFrame:
    """Villages in four townships; household effects correlated with the treatments."""
    random = np.random.default_rng(seed)
    village = random.integers(n_villages, size=n_households)
    effect = random.normal(size=n_households)
    frame = pd.DataFrame(
        {
            "household": np.repeat(np.arange(n_households), n_years),
            "year": np.tile(np.arange(2016, 2016 + n_years), n_households),
        }
    )
    a = effect[frame["household"]]
    frame["village"] = village[frame["household"]]
    frame["township"] = frame["village"] % 4
    frame["subsidy"] = random.normal(size=len(frame)) + 0.5 * a
    frame["post"] = (random.normal(size=len(frame)) + 0.5 * a > 0.5).astype(float)
    frame["size"] = random.integers(1, 7, size=len(frame)).astype(float)
    shock = random.normal(size=(n_villages, n_years))[frame["village"], frame["year"] - 2016]
    frame["income"] = (
        0.3 * frame["subsidy"] + 0.2 * frame["post"] + a + shock + random.normal(size=len(frame))
    )
    frame["income"] += 0.1 * (frame["year"] - 2016)
    return frame[random.random(len(frame)) < kept].reset_index(drop=True)


@pytest.fixture(scope="session")
def balanced() -> pd.DataFrame:
    return make_panel(1, n_households=120, n_years=5, n_villages=24, kept=1.0)


@pytest.fixture(scope="session")
def unbalanced() -> pd.DataFrame:
    return make_panel(2, n_households=200, n_years=6, n_villages=30, kept=0.7)


@pytest.fixture(scope="session")
def hisp() -> pd.DataFrame:
    """The panel of the Health Insurance Subsidy Program (Gertler et al. 2016)."""
    for path in HISP:
        if path.exists():
            return pd.read_stata(path)
    pytest.skip("evaluation.dta of the Health Insurance Subsidy Program is not in data/hisp/raw/")


@pytest.fixture(scope="session")
def wages() -> pd.DataFrame:
    """545 men, 1980-1987 (Vella and Verbeek 1998)."""
    return wage_panel.load()


@pytest.fixture(scope="session")
def grunfeld() -> pd.DataFrame:
    """The ten firms of Grunfeld (1958) that R's plm ships; statsmodels adds American Steel."""
    firms = statsmodels.datasets.grunfeld.load_pandas().data
    return firms[firms["firm"] != "American Steel"].reset_index(drop=True)
