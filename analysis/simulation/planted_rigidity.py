"""What the process plants for the claims on inflexible subsidies."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.need import KEY, Need, need_of
from analysis.problems.reach import targeted
from analysis.problems.same_amount import MOVED, stays_of
from analysis.problems.shock_times import ShockRows, by_shock, column, with_times
from analysis.region import Region
from analysis.simulation.counties import KnownCounty
from analysis.synthetic.fortunes import SHOCKS
from analysis.synthetic.income import compose, net
from analysis.synthetic.records import household_ids
from analysis.synthetic.streams import Bools, Floats, Ints
from analysis.synthetic.subsidies import RELIEF


def planted_rigidity(county: KnownCounty, region: Region) -> dict[str, float]:
    """Return the planted figure of each claim, from incomes as they truly are.

    Where subsidies follow need by rule, what a shock's need is met with is not a figure of the process.
    """
    need = true_need(county, region)
    gone = {"rigid_amounts": stayed(county, need), "gap_forgone": targeted(need).forgone.estimate}
    return gone if county.county.truth.flexible_subsidies else gone | {"loss_uncovered": unmet(county, need)}


def by_household_year(county: KnownCounty, **columns: Floats | Bools | Ints) -> pd.DataFrame:
    """Return arrays of households by years as columns of household-years."""
    calendar, ids = county.county.setting.calendar, household_ids(county.county.setting)
    years = calendar.first + np.arange(calendar.length)
    rows = {"household_id": np.repeat(ids, calendar.length), "year": np.tile(years, len(ids))}
    return pd.DataFrame(rows | {name: values.ravel() for name, values in columns.items()})


def true_need(county: KnownCounty, region: Region) -> Need:
    """Return need and receipt of the study sample with the incomes that households truly had."""
    setting, history = county.county.setting, county.county.history
    need = need_of(county.panel, county.tables, region)
    incomes = compose(setting.base, history.help)
    real = np.maximum(setting.demography.size, 1) * setting.calendar.prices
    true = by_household_year(county, own=(net(incomes) - incomes.subsidies) / real)
    rows = need.rows.drop(columns="own").merge(true, on=KEY, how="left", validate="one_to_one")
    return replace(need, rows=rows.assign(need=(rows["line"] - rows["own"]).clip(lower=0)))


def stayed(county: KnownCounty, need: Need) -> float:
    """Return how often grade of dibao and prompt relief stayed although need moved by a tenth of the line.

    Where subsidies follow need there are no grades: it is how often amounts are the same by chance.
    """
    history = county.county.history
    by_need = stays_of(need).share
    if county.county.truth.flexible_subsidies and not isinstance(by_need, NotApplicable):
        return by_need.value
    grants = [year.amounts for year in history.grants]
    grade = np.stack([year.grade for year in history.grants], axis=1)
    relief = np.stack([amounts["prompt_relief"] for amounts in grants], axis=1)
    paid = np.stack([amounts["dibao"] + amounts["prompt_relief"] for amounts in grants], axis=1)
    by_rule = by_household_year(county, grade=grade, relief=relief, paid=paid)
    known = need.rows[[*KEY, "household_size", "need", "line"]].merge(
        by_rule, on=KEY, how="left", validate="one_to_one"
    )
    last = known.assign(year=known["year"] + 1)
    both = known.merge(last, on=[*KEY, "household_size"], suffixes=("", "_last"), validate="one_to_one")
    moved = (both["need"] / both["line"] - both["need_last"] / both["line_last"]).abs() > MOVED
    both = both[moved & ((both["paid"] > 0) | (both["paid_last"] > 0))]
    same = (both["grade"] == both["grade_last"]) & (both["relief"] == both["relief_last"])
    return float(same.mean())


def unmet(county: KnownCounty, need: Need) -> float:
    """Return the part of the need that shocks add which relief leaves open, compared as the claim does.

    What a household would have needed unstruck is known here; relief is that which is expected.
    """
    before, expected = before_shock(county), expected_relief(county)
    rows = need.rows.merge(before, on=KEY, how="left", validate="one_to_one")
    rows = rows.merge(expected, on=KEY, how="left", validate="one_to_one")
    unstruck = (rows["line"] - rows["own"] - rows["lost"]).clip(lower=0)
    relief = rows["expected"] / rows["household_size"] / rows["prices"]
    true = rows.assign(added=rows["need"] - unstruck, relief=relief * (rows["lost"] > 0))
    known = with_times(true, county.panel.frame, ("",))
    outcomes = ("relief", "added")
    shocks = ShockRows(known, ("",), outcomes, need.village, county.panel.controls)
    now = column(0)
    others = tuple(name for name in shocks.all_times(("",)) if name != now)
    left = shocks.without_effects((*outcomes, now), others)
    return 1 - by_shock(left, *outcomes, "").effect.estimate


def before_shock(county: KnownCounty) -> pd.DataFrame:
    """Return what a shock took from real income per capita in its year, with what its relief crowds out."""
    setting, truth, history = county.county.setting, county.county.truth, county.county.history
    share = np.zeros(setting.shock.shape)
    for name, loss in zip(SHOCKS[1:], truth.shock_losses, strict=True):
        share[setting.shock == name] = loss
    relief = np.stack([year.amounts["prompt_relief"] for year in history.grants], axis=1)
    real = np.maximum(setting.demography.size, 1) * setting.calendar.prices
    crowded = (1 - history.help.pass_through) * relief * (share > 0) * ~measured_in(county) / real
    return by_household_year(county, lost=share * setting.fortunes.level + crowded)


def expected_relief(county: KnownCounty) -> pd.DataFrame:
    """Return the relief that a shock is expected to bring: the monitored get theirs in any case."""
    return by_household_year(
        county, expected=county.county.truth.relief_share * RELIEF.mean() * ~measured_in(county)
    )


def measured_in(county: KnownCounty) -> Bools:
    """Return in which years households got their first measure, households by years."""
    years = 12 * np.arange(county.county.setting.calendar.length)
    first = county.county.history.watch.measure[:, None]
    return (first >= years) & (first < years + 12)
