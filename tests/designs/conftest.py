"""The bundled county with what was planted in every row, drawn once for all designs."""

import pytest

from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.synthetic.truth import Truth


@pytest.fixture(scope="session")
def region():
    return read_region("laoling")


@pytest.fixture(scope="session")
def known(region):
    return known_county(Truth(), region)
