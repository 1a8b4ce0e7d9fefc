"""The regions of this project are read: the bundled county, and the panel of a textbook."""

import pytest

from analysis.region import read_region
from analysis.sources.files import locate
from analysis.sources.tables import Tables, read_tables

from .office import PROJECT


@pytest.fixture(scope="module")
def hisp() -> Tables:
    region = read_region("hisp", PROJECT)
    if locate(region, "evaluation.dta") is None:
        pytest.skip(
            f"evaluation.dta is in none of {', '.join(region.raw_folders)}: see data/hisp/region.yaml"
        )
    return read_tables(region, progress=lambda _: None)


def test_hisp_has_the_rows_households_and_localities_of_its_publication(hisp: Tables) -> None:
    frame = hisp.frames["households"]
    assert hisp.rows_read == {"households": 19827}
    assert frame["household_id"].nunique() == 9914
    assert frame["village_code"].nunique() == 200
    assert (
        hisp.files["households"].sha256 == "473ab8f4b9d74739a2a6a21c7cc75cec60ad1f8f0aeba8526e9fdb557fe24dc4"
    )


def test_hisp_gives_the_published_difference_in_differences(hisp: Tables) -> None:
    # Impact Evaluation in Practice, 2nd ed., table 7.3: -8.16 in the treatment localities.
    frame = hisp.frames["households"]
    means = (
        frame[frame["treatment_locality"] == 1].groupby(["year", "enrolled"])["health_expenditures"].mean()
    )
    change = {enrolled: means[1, enrolled] - means[0, enrolled] for enrolled in (0, 1)}
    assert change[1] - change[0] == pytest.approx(-8.163, abs=0.0005)


def test_the_bundled_county_is_read_without_a_fault() -> None:
    region = read_region("laoling", PROJECT)
    tables = read_tables(region, progress=lambda _: None)
    assert set(tables.frames) == set(region.settings.tables)
    assert tables.missing == {}
    assert set(tables.frames["households"]["year"]) == set(range(2016, 2024))
    assert tables.frames["households"]["township_code"].nunique() == 16
    assert tables.files["households"].encoding == "gb18030"
