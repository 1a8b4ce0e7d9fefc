"""Small counties of known truth, with the problems of path and rigidity and without them."""

from dataclasses import replace

import pytest

from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL

WITHOUT = replace(
    SMALL, single_path=0.0, path_price=1.0, diversity_gain=(1.0, 1.0, 1.0), flexible_subsidies=True
)


@pytest.fixture(scope="session")
def region():
    return read_region("laoling")


@pytest.fixture(scope="session", params=[1, 2])
def county(request, region):
    return known_county(replace(SMALL, seed=3_000_000 + request.param), region)


@pytest.fixture(scope="session", params=[1, 2])
def county_without(request, region):
    """Sectors alike in number, price and what diversity does; subsidies that fill what is short."""
    return known_county(replace(WITHOUT, seed=3_000_000 + request.param), region)
