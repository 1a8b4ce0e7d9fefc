"""Panels with few clusters, some of which are treated."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.panel_design import PanelDesign

FEW = PanelDesign("household", "year", ("treated",), ("covariate",), "township", "township")


def make_few(
    seed: int, *, n_clusters: int, starts: tuple[int, ...], kept: float = 1.0, effect: float = 0.0
) -> pd.DataFrame:
    """Townships of four households over four years; township g is treated from year `starts[g]`."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        [(g, 100 * g + h, t) for g in range(n_clusters) for h in range(4) for t in range(4)],
        columns=["township", "household", "year"],
    )
    start = np.full(n_clusters, 9)
    start[: len(starts)] = starts
    frame["treated"] = (frame["year"] >= start[frame["township"]]).astype(float)
    frame["covariate"] = random.normal(size=len(frame))
    shock = np.cumsum(random.normal(size=(n_clusters, 4)), axis=1)[frame["township"], frame["year"]]
    frame["income"] = effect * frame["treated"] + shock + random.normal(size=len(frame))
    frame["harvest"] = frame["income"] + random.normal(size=len(frame))
    frame["wage"] = random.normal(size=len(frame)) + 2 * shock
    return frame[random.random(len(frame)) < kept].reset_index(drop=True)


@pytest.fixture(scope="session")
def few() -> Callable[..., pd.DataFrame]:
    return make_few


@pytest.fixture(scope="session")
def design() -> PanelDesign:
    return FEW


@pytest.fixture(scope="session")
def changes() -> Callable[..., pd.DataFrame]:
    """Two years of one household a township, with given changes of income and a treated set."""

    def frame_of(values: tuple[float, ...], treated: tuple[int, ...]) -> pd.DataFrame:
        rows = [
            (f"town {g}", f"house {g}", t, float(10 * g + t * value), float(t * (g in treated)))
            for g, value in enumerate(values)
            for t in range(2)
        ]
        return pd.DataFrame(rows, columns=["the township", "home", "year", "net income", "it"])

    return frame_of
