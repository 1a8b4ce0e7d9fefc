"""What subsidies do when a household is struck: in the year, the years after, and the year before."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.need_based.partial_transfers import inference_for
from analysis.estimates.results import Estimate, Fit, estimate_of
from analysis.estimates.switching.absorbed_fit import Regression, least_squares
from analysis.estimates.switching.absorption import Absorbed, AbsorbedDesign, absorbed
from analysis.estimates.switching.instrumented import instrumented_left
from analysis.faults import Fault, Faults
from analysis.problems.need import KEY, Need

TIMES = (-1, 0, 1, 2)
FEWEST_STRUCK = 20
LEVEL = 0.95
THOUSAND = 1000.0
"""Effects are taken out of thousands of yuan: the tolerance of that step is absolute."""
ESTIMATOR = "household and year effects"


@dataclass(frozen=True, slots=True)
class Response:
    """Thousand yuan per capita of one outcome by `TIMES` since a shock; any shock where `shock` is empty."""

    shock: str
    outcome: str
    by_time: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class ShockResponse:
    """Responses of income without subsidies, of all subsidies and of each kind.

    `covered` is the response of all subsidies over the loss of other income in the same year; `delay` the
    mean wait, in years, of what is paid up to two years later; `n_struck` counts household-years.
    """

    responses: tuple[Response, ...]
    covered: Estimate
    delay: Estimate
    n_struck: int


def column(time: int, shock: str = "") -> str:
    """Return the name of the column that says whether a shock was `time` years ago."""
    return f"shock{shock}_{'before' if time < 0 else time}"


def shock_response(need: Need, every: pd.DataFrame, controls: tuple[str, ...]) -> ShockResponse:
    """Return the responses; `every` has all household-years of the records with their `shock`.

    `y_it = sum_k b_k shock_i,t-k + controls + a_i + d_t + e_it`, k from -1 to 2, errors by village; the year
    before the shock is a check. Household-years whose neighbours are not recorded are left out.
    Raises `Faults` where fewer than twenty household-years are struck.
    """
    shocks = ("", *sorted(every["shock"].dropna().astype(str).unique()))
    outcomes = ("own", "received", *(f"pay_{kind}" for kind in need.kinds))
    money = need.rows[list(outcomes)] / THOUSAND
    rows = with_times(need.rows.assign(**money, loss=-money["own"]), every, shocks)
    struck = int(rows[column(0)].sum())
    if struck < FEWEST_STRUCK:
        raise Faults(
            [Fault("shock", f"{struck} household-years", f"at least {FEWEST_STRUCK}", "record shocks")]
        )
    shocks = tuple(name for name in shocks if rows[column(0, name)].sum() >= FEWEST_STRUCK)
    left = left_of(
        rows, need, (*outcomes, *(column(time, name) for name in shocks for time in TIMES)), controls
    )
    fits = {outcome: fit(left, outcome, ("",)) for outcome in outcomes}
    by_kind = {outcome: fit(left, outcome, shocks[1:]) for outcome in outcomes[:2]}
    found = [
        *(response(fits[outcome], outcome, "") for outcome in outcomes),
        *(response(by_kind[outcome], outcome, name) for name in shocks[1:] for outcome in outcomes[:2]),
    ]
    others = (*(column(time) for time in TIMES if time != 0), *controls)
    alone = left_of(rows, need, ("received", "loss", column(0)), others)
    covered = instrumented_left(alone, LEVEL).effect
    return ShockResponse(tuple(found), covered, delay_of(fits["received"]), struck)


def left_of(rows: pd.DataFrame, need: Need, main: tuple[str, ...], controls: tuple[str, ...]) -> Absorbed:
    """Return the columns without household effects, year effects and controls."""
    effects = (("household_id",), ("year",))
    return absorbed(rows, AbsorbedDesign(main, effects, need.village, "household_id", controls))


def fit(left: Absorbed, outcome: str, shocks: tuple[str, ...]) -> Fit:
    """Return the regression of one outcome on the times since each of the shocks."""
    terms = tuple(column(time, name) for name in shocks for time in TIMES)
    treated = left.rows[column(0)] > 0
    return least_squares(left, Regression(outcome, terms, ESTIMATOR), treated=treated, level=LEVEL)


def response(fitted: Fit, outcome: str, shock: str) -> Response:
    """Return the response to one kind of shock."""
    return Response(shock, outcome, tuple(fitted.estimate(column(time, shock)) for time in TIMES))


def delay_of(fitted: Fit) -> Estimate:
    """Return the mean wait `sum k b_k / sum b_k`, k from 0 to 2, with its error by the delta method."""
    terms = [column(time) for time in TIMES if time >= 0]
    values = np.array([fitted.estimate(name).estimate for name in terms])
    steps = np.arange(len(terms))
    total = values.sum()
    delay = float(steps @ values / total)
    gradient = (steps - delay) / total
    error = float(np.sqrt(gradient @ fitted.covariance.loc[terms, terms].to_numpy() @ gradient))
    inference = inference_for(fitted.estimate(terms[0]))
    return estimate_of(
        "delay", delay, error, inference, outcome="received", estimator=ESTIMATOR, engine="house"
    )


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
    return known.astype({column(time, name): "float64" for time in TIMES for name in shocks})
