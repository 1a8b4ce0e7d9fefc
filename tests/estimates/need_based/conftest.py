"""Panels in which a rule changes doses, and counties with need-based subsidies of known effect."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.region import read_region
from analysis.synthetic.effects import differences, dose_of, sample_of
from analysis.synthetic.history import unfold
from analysis.synthetic.setting import setting_of
from analysis.synthetic.streams import Streams
from analysis.synthetic.truth import Truth


def make_ruled(seed: int, n_groups: int = 6, n_entities: int = 20, n_periods: int = 4) -> pd.DataFrame:
    """Entities in groups whose rules multiply doses by a factor once; one in ten rows is missing."""
    random = np.random.default_rng(seed)
    n = n_groups * n_entities
    unit = np.repeat(np.arange(n), n_periods)
    t = np.tile(np.arange(n_periods), n)
    group = unit // n_entities
    factor = np.where(t >= 1 + group % (n_periods - 1), random.uniform(0.6, 1.5, n_groups)[group], 1.0)
    exposure = random.gamma(2.0, size=n)[unit]
    size = random.normal(size=len(unit))
    dose = exposure * factor + 0.3 * random.normal(size=len(unit)) + 0.1 * size
    income = 0.8 * dose + random.normal(size=n)[unit] + 0.2 * size + random.normal(size=len(unit))
    frame = pd.DataFrame(
        {
            "a unit": [f"u{k}" for k in unit],
            "the year": 2016 + t,
            "town": group,
            "village": unit // 4,
            "exposure": exposure,
            "factor": factor,
            "dose": dose,
            "income": income + 0.5 * t,
            "size": size,
            "able": (unit % 2).astype(float),
        }
    )
    return frame[random.random(len(frame)) < 0.9].reset_index(drop=True)


@pytest.fixture(scope="session")
def ruled() -> pd.DataFrame:
    return make_ruled(1)


@pytest.fixture(scope="session")
def subsidised() -> Callable[[int], pd.DataFrame]:
    """Draw a county and return its study sample with the planted contribution of subsidies."""
    region = read_region("laoling", Path(__file__).parents[3])

    def draw(seed: int) -> pd.DataFrame:
        truth, streams = Truth(seed=seed), Streams(seed)
        setting = setting_of(truth, region, streams)
        history = unfold(setting, truth, streams, lambda step: None)
        i, t = np.nonzero(sample_of(setting, history))
        real = np.maximum(setting.demography.size, 1) * setting.calendar.prices
        dibao = np.stack([grants.amounts["dibao"] for grants in history.grants], axis=1)
        return pd.DataFrame(
            {
                "household": i,
                "year": t,
                "township": setting.households.township[i],
                "village": setting.households.village[i],
                "income": (history.report.net / real)[i, t],
                "subsidies": dose_of(setting, history, "subsidies")[i, t],
                "dibao": (dibao / real)[i, t],
                "able": (setting.demography.workers[i, t] > 0).astype(float),
                "contribution": differences(setting, history, "subsidies")["income_total"][i, t],
                "revision": setting.townships.dibao_revision[setting.households.township[i]],
                "generosity": setting.townships.dibao_generosity[setting.households.township[i]],
            }
        )

    return draw
