"""Persistence and returns: planted persistence, moments that tests refute, and curves by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.designs.persistence import Persistence, persistence
from analysis.designs.returns import Returns, longest, returns, scaled, survival
from analysis.estimates.dynamics.spells import spells
from analysis.estimates.hypotheses import NotApplicable
from analysis.panel.build import Panel
from analysis.panel.flow import Flow
from analysis.simulation.counties import with_planted
from analysis.synthetic.truth import Truth

YEARS = 8


def panel_of(frame: pd.DataFrame, instruments=("posts",)) -> Panel:
    study = frame.assign(study=True)
    return Panel(study, Flow(()), "income", (), instruments, (), "village_code", None)


def autoregressive(moving_average: float, years: int = YEARS) -> Panel:
    """Income with persistence .5, posts that add .3, household effects; errors with a moving average."""
    n, burn_in = 2_000, 20
    random = np.random.default_rng(8)
    shocks = random.normal(size=(n, years + burn_in + 1))
    errors = shocks[:, 1:] + moving_average * shocks[:, :-1]
    posts, effect = random.random((n, years + burn_in)), random.normal(size=n)
    income = np.zeros((n, years + burn_in))
    for t in range(1, years + burn_in):
        income[:, t] = 0.5 * income[:, t - 1] + 0.3 * posts[:, t] + effect + errors[:, t]
    frame = pd.DataFrame(
        {
            "household_id": np.repeat(np.arange(n), years),
            "year": np.tile(np.arange(2016, 2016 + years), n),
            "village_code": np.repeat(np.arange(n) % 200, years),
            "posts": posts[:, burn_in:].ravel(),
            "income": income[:, burn_in:].ravel(),
        }
    )
    return panel_of(frame)


def test_the_bounds_hold_the_planted_persistence_and_moments_find_it():
    found = persistence(autoregressive(0.0))
    assert isinstance(found, Persistence)
    assert found.within.estimate < 0.5 < found.pooled.estimate
    assert found.nickell.implied == pytest.approx(0.5, abs=0.03)
    assert [entry.refused for entry in found.moments] == ["", ""]
    for entry in found.moments:
        assert entry.estimate.conf_low < 0.5 < entry.estimate.conf_high


def test_moments_that_errors_with_memory_violate_are_refused():
    found = persistence(autoregressive(0.6))
    assert isinstance(found, Persistence)
    assert found.usable is None
    assert len(found.moments) == 2
    for entry in found.moments:
        assert entry.refused.startswith("AR(2) test rejects and Hansen J test rejects")


def test_two_years_have_no_persistence():
    reason = "it needs 3 years, and the records have 2"
    assert persistence(autoregressive(0.0, years=2)) == NotApplicable("persistence", reason)


def test_the_bundled_county_keeps_what_was_planted_of_transitory_income(known):
    """0.3 of last year's deviation, times the growth of the level it is a share of, about 1.2 a year."""
    found = persistence(known.panel)
    assert isinstance(found, Persistence)
    low, high = Truth().transitory_persistence, 1.25 * Truth().transitory_persistence
    assert found.within.estimate < low < high < found.pooled.estimate
    assert found.usable is not None
    assert found.usable.estimate.conf_high > low
    assert found.usable.estimate.conf_low < high


def histories(states: list[str], posts: list[str]) -> Panel:
    rows = [
        (i, 2016 + t, int(letter == "P"), float(post))
        for i, (letters, months) in enumerate(zip(states, posts, strict=True))
        for t, (letter, post) in enumerate(zip(letters, months, strict=True))
    ]
    return panel_of(pd.DataFrame(rows, columns=["household_id", "year", "below_line", "posts"]))


def test_who_is_reached_after_the_rise_is_not_among_the_reached(region):
    """A post in the year of the rise for two, one of whom returns at once; a later post for the third."""
    panel = histories(["POP", "POO", "POOO"], ["010", "011", "0011"])
    found = spells(scaled(panel, region), entity="household_id", period="year", state="below_line")
    curves = survival(found, "posts")
    assert curves.reached.table["survival"].tolist() == [0.5]
    assert curves.others.table["survival"].tolist() == [1.0, 1.0]
    assert (curves.reached.n_spells, curves.others.n_spells) == (2, 1)


def test_durations_without_a_return_are_joined_to_those_before(region):
    panel = histories(["POP", "POO", "POOOP", "POOO"], ["000", "000", "00000", "0000"])
    found = spells(scaled(panel, region), entity="household_id", period="year", state="below_line")
    assert found.rows.groupby("duration")["return"].agg(list).tolist() == [[1, 0, 0, 0], [0, 0], [1]]
    assert longest(found.rows) == 2


def test_too_few_returns_and_no_line_are_said(region):
    few = histories(["POP", "POO"], ["010", "000"])
    assert returns(few, region) == NotApplicable("returns", "returns: only 1")
    none = panel_of(few.frame.drop(columns="below_line"))
    assert isinstance(returns(none, region), NotApplicable)


def test_posts_lower_the_hazard_about_as_much_as_was_planted(known, region):
    """Holders at risk return less often than they would have without what the post added to their income."""
    found = returns(known.panel, region)
    assert isinstance(found, Returns)
    lines = {year: line / region.price_index[year] for year, line in region.line_by_year.items()}
    frame = with_planted(known.panel.study, known)
    would_be = (frame["income_total"] - frame["planted_posts"]) < frame["year"].map(lines)
    at_risk = spells(
        frame.assign(would_be=would_be), entity="household_id", period="year", state="below_line"
    ).rows
    holders = at_risk[at_risk["posts"] > 0]
    planted = np.log(holders["return"].mean() / holders["would_be"].mean()) / holders["posts"].mean()
    estimate = found.hazard.estimate("posts")
    assert estimate.conf_low < planted < estimate.conf_high
