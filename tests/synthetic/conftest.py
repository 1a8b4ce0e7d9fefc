from pathlib import Path

import pytest

from analysis.region import Region, read_region
from analysis.synthetic.county import County, draw_county
from analysis.synthetic.truth import Truth


@pytest.fixture(scope="session")
def laoling() -> Region:
    return read_region("laoling", Path(__file__).parents[2])


@pytest.fixture(scope="session")
def bundled(laoling: Region) -> County:
    return draw_county(Truth(), laoling.codebook, laoling)


@pytest.fixture(scope="session")
def small() -> dict[str, int]:
    return {"households_registered": 500, "households_ordinary": 120, "villages": 40}


@pytest.fixture(scope="session")
def draw(laoling: Region, small: dict[str, int]):
    def small_county(**changes: object) -> County:
        return draw_county(Truth(**(small | changes)), laoling.codebook, laoling)

    return small_county
