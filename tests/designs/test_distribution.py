"""Effects on quantiles and poverty of the bundled county, against the county without the instrument."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.designs.distribution import (
    LINE,
    MEAN,
    QUANTILES,
    SPREAD,
    StatisticEffects,
    TestedEffect,
    estimate_distribution,
    kept_above,
)
from analysis.estimates.distribution.rif import density, distribution_of, quantile
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.simulation.counties import with_planted


@pytest.fixture(scope="module")
def frame(known, region):
    rows = with_planted(known.panel.study, known)
    real_line = {year: line / region.price_index[year] for year, line in region.line_by_year.items()}
    return rows.assign(**{LINE: rows["year"].map(real_line)})


@pytest.fixture(scope="module")
def found(known, region):
    return estimate_distribution(known.panel, region)


def without(frame: pd.DataFrame, instrument: str) -> pd.Series:
    """Income of each row had the instrument not been there."""
    return frame["income_total"] - frame[f"planted_{instrument}"]


def planted_shift(frame: pd.DataFrame, instrument: str, tau: float) -> pd.Series:
    """Change of the influence function at the quantile of the year that the instrument made in each row."""
    shift = pd.Series(0.0, index=frame.index)
    for _, rows in frame.groupby("year"):
        distribution = distribution_of(rows["income_total"].to_numpy())
        q = quantile(distribution, tau)
        crossed = (without(rows, instrument) <= q).astype(float) - (rows["income_total"] <= q)
        shift.loc[rows.index] = crossed / density(distribution, q)
    return shift


def by_regression(frame: pd.DataFrame, known, change: pd.Series, instrument: str) -> float:
    """What the regression of the study makes of a change that is known row by row."""
    panel = known.panel
    design = PanelDesign("household_id", "year", panel.instruments, panel.controls, "village_code")
    fit = fit_panel(frame.assign(change=change.astype(float)), "change", design, HOUSEHOLD_YEAR)
    return fit.estimate(instrument).estimate


def effects_of(statistics: tuple[StatisticEffects, ...], instrument: str) -> dict[str, TestedEffect]:
    return {entry.statistic: entry.effects[instrument] for entry in statistics}


@pytest.mark.parametrize("instrument", ["subsidies", "projects", "posts"])
def test_the_mean_of_the_effects_over_quantiles_is_near_the_planted_one(found, frame, known, instrument):
    effects = effects_of(found.quantiles, instrument)
    mean = np.mean([effects[f"{tau:g}"].estimate.estimate for tau in QUANTILES])
    planted = np.mean(
        [by_regression(frame, known, planted_shift(frame, instrument, tau), instrument) for tau in QUANTILES]
    )
    assert mean == pytest.approx(planted, rel=0.1)


def test_posts_move_the_top_more_than_the_bottom_as_planted(found, frame, known):
    top, bottom = (planted_shift(frame, "posts", tau) for tau in (0.9, 0.1))
    planted = by_regression(frame, known, top - bottom, "posts")
    spread = effects_of(found.quantiles, "posts")[SPREAD]
    assert not spread.refuted
    assert spread.estimate.conf_low < planted < spread.estimate.conf_high


def test_the_distance_of_the_outer_quantiles_moves_by_the_difference_of_their_effects(found):
    for instrument in ("subsidies", "projects", "posts"):
        effects = effects_of(found.quantiles, instrument)
        difference = effects["0.9"].estimate.estimate - effects["0.1"].estimate.estimate
        assert effects[SPREAD].estimate.estimate == pytest.approx(difference)


def test_the_test_refutes_the_effects_on_the_headcount_that_are_wrong_and_no_other(found, frame, known):
    for instrument, effect in found.poverty[0].effects.items():
        poor = frame["income_total"] < frame[LINE]
        change = poor.astype(int) - (without(frame, instrument) < frame[LINE])
        planted = by_regression(frame, known, change, instrument)
        held = effect.estimate.conf_low < planted < effect.estimate.conf_high
        assert held != effect.refuted, instrument


def test_posts_keep_about_as_many_household_years_above_the_line_as_planted(found, frame):
    (kept,) = found.kept
    lifted = (frame["income_total"] >= frame[LINE]) & (without(frame, "posts") < frame[LINE])
    assert kept.instrument == "posts"
    assert kept.value == pytest.approx(lifted.sum(), rel=0.15)
    assert kept.treated == (frame["posts"] > 0).sum()


def test_what_is_kept_above_the_line_is_the_effect_times_all_treatment_and_refuted_effects_keep_nobody(
    found, known
):
    posts, projects = (found.poverty[0].effects[name] for name in ("posts", "projects"))
    estimate = replace(posts.estimate, estimate=-0.1, conf_low=-0.2, conf_high=0.05, std_error=0.01)
    small = replace(known.panel, frame=known.panel.frame[known.panel.frame["study"]].head(20))
    total = small.frame["posts"].sum()
    effects = {"posts": TestedEffect(estimate, None), "projects": projects}
    (kept,) = kept_above(StatisticEffects("headcount", 0.1, effects), small)
    figures = (kept.value, kept.low, kept.high, kept.std_error)
    assert figures == pytest.approx((0.1 * total, -0.05 * total, 0.2 * total, 0.01 * total))


def test_a_region_without_lines_has_quantiles_and_says_why_it_has_no_poverty(known, region):
    frame = known.panel.frame.drop(columns="below_line")
    two_years = replace(known.panel, frame=frame[frame["year"] < frame["year"].min() + 2])
    found = estimate_distribution(two_years, region)
    assert isinstance(found.poverty, NotApplicable)
    assert found.kept == ()
    mean = effects_of(found.quantiles, "posts")[MEAN]
    assert mean.lead is None
    assert not mean.refuted
