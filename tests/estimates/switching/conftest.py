from pathlib import Path

import pandas as pd
import pytest

from analysis.estimates.switching.schedule import months_between, scheduled_terms
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.synthetic.truth import Truth


@pytest.fixture(scope="session")
def county() -> pd.DataFrame:
    """Household-years of a synthetic county with schedules; `planted` is what posts added to income."""
    region = read_region("laoling", Path(__file__).parents[3])
    known = known_county(Truth(seed=7), region)
    panel, posts = known.panel.study, known.tables["posts"]
    posts = posts.assign(length=months_between(posts["term_start"], posts["term_end"]))
    schedule = scheduled_terms(
        posts,
        panel,
        entity="household_id",
        period="year",
        term="post_id",
        start="term_start",
        months="length",
    )
    planted = known.planted[["household_id", "year", "posts"]].rename(columns={"posts": "planted"})
    return panel.join(schedule).merge(planted, on=["household_id", "year"], validate="one_to_one")
