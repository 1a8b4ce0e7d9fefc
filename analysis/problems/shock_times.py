"""Household-years with the time since a shock, and what is left of outcomes without their effects."""

from dataclasses import dataclass, replace

import pandas as pd

from analysis.estimates.results import Fit
from analysis.estimates.switching.absorbed_fit import Regression, least_squares
from analysis.estimates.switching.absorption import Absorbed, AbsorbedDesign, absorbed
from analysis.estimates.switching.instrumented import InstrumentedEffect, instrumented_left
from analysis.problems.need import KEY

TIMES = (-1, 0, 1, 2)
LATER = "later"
"""Three years and more: held apart, so that a struck household is compared with its years before alone."""
LEVEL = 0.95
ESTIMATOR = "household and year effects"


@dataclass(frozen=True, slots=True)
class ShockRows:
    """Household-years with `column(time, shock)`, also of `LATER`; rare shocks are not among `shocks`.

    `outcomes` are in thousand yuan, since effects are taken out with an absolute tolerance.
    """

    rows: pd.DataFrame
    shocks: tuple[str, ...]
    outcomes: tuple[str, ...]
    village: str
    controls: tuple[str, ...]

    def without_effects(self, main: tuple[str, ...], others: tuple[str, ...]) -> Absorbed:
        """Return columns without household effects, year effects, controls and others."""
        effects = (("household_id",), ("year",))
        controls = (*others, *self.controls)
        return absorbed(self.rows, AbsorbedDesign(main, effects, self.village, "household_id", controls))

    def all_times(self, of: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names of the columns of some shocks at all times, of later ones where there are any."""
        names = [column(time, name) for name in of for time in (*TIMES, LATER)]
        return tuple(name for name in names if self.rows[name].any())


def column(time: int | str, shock: str = "") -> str:
    """Return the name of the column that says whether a shock was `time` years ago."""
    return f"shock{shock}_{'before' if time == -1 else time}"


def with_times(rows: pd.DataFrame, every: pd.DataFrame, shocks: tuple[str, ...]) -> pd.DataFrame:
    """Return household-years with a column for each time since each shock, where all are recorded."""
    struck = every[KEY].assign(
        **{name: every["shock"].notna() if not name else every["shock"] == name for name in shocks}
    )
    for time in TIMES:
        names = {name: column(time, name) for name in shocks}
        moved = struck.assign(year=struck["year"] + time).rename(columns=names)
        rows = rows.merge(moved, on=KEY, how="left", validate="one_to_one")
    known = rows.dropna(subset=[column(time) for time in TIMES]).reset_index(drop=True)
    known = known.astype({column(time, name): "float64" for time in TIMES for name in shocks})
    for name in shocks:
        first = struck[struck[name]].groupby("household_id")["year"].min()
        elapsed = known["year"] - known["household_id"].map(first)
        known[column(LATER, name)] = (elapsed > max(TIMES)).astype("float64")
    return known


def fit_times(left: Absorbed, outcome: str, terms: tuple[str, ...]) -> Fit:
    """Return the regression of one outcome on times since shocks."""
    treated = left.rows[list(terms)].sum(axis="columns") > 0
    return least_squares(left, Regression(outcome, terms, ESTIMATOR), treated=treated, level=LEVEL)


def by_shock(left: Absorbed, outcome: str, dose: str, shock: str) -> InstrumentedEffect:
    """Return the change of an outcome for a unit of what the shock changes in its year."""
    design = replace(left.design, main=(outcome, dose, column(0, shock)))
    return instrumented_left(replace(left, design=design), LEVEL)
