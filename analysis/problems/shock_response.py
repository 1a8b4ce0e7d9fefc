"""What subsidies do when a household is struck: in the year, the years after, and the year before."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.ratios import ratio_of
from analysis.estimates.results import Estimate
from analysis.estimates.switching.instrumented import instrumented
from analysis.faults import Fault, Faults
from analysis.problems.need import KEY, Need

TIMES = (-1, 0, 1, 2)
FEWEST_STRUCK = 20


@dataclass(frozen=True, slots=True)
class Response:
    """Yuan per capita by years since the shock of one kind, of one outcome; `of` names both."""

    shock: str
    outcome: str
    by_time: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class ShockResponse:
    """Responses by outcome and shock, and the part of a loss that subsidies make good in its year.

    `covered` is the response of all subsidies over the fall of income without them; `lagged` the same a
    year after the shock; `responses` with `shock` empty are of any shock.
    """

    responses: tuple[Response, ...]
    covered: Estimate
    n_struck: int


def term(time: int) -> str:
    """Return the name of the column that says whether a shock was `time` years ago."""
    return f"shock_{'before' if time < 0 else time}"


def shock_response(need: Need, every: pd.DataFrame, controls: tuple[str, ...]) -> ShockResponse:
    """Return the responses; `every` has all household-years of the records with their `shock`.

    `y_it = sum_k b_k shock_i,t-k + controls + a_i + d_t + e_it`, k from -1 to 2, errors by village; the year
    before the shock is a check. Household-years whose neighbours are not recorded are left out.
    Raises `Faults` where fewer than twenty household-years are struck.
    """
    outcomes = ("own", "received", *(f"pay_{kind}" for kind in need.kinds))
    rows = with_times(need.rows, every)
    struck = int(rows[term(0)].sum())
    if struck < FEWEST_STRUCK:
        raise Faults(
            [Fault("shock", f"{struck} household-years", f"at least {FEWEST_STRUCK}", "record shocks")]
        )
    covered = instrumented(
        rows.assign(loss=-rows["own"]),
        outcome="received",
        dose="loss",
        instrument=term(0),
        effects=(("household_id",), ("year",)),
        clusters=need.village,
        entity="household_id",
        controls=(*(term(time) for time in TIMES if time != 0), *controls),
    )
    return ShockResponse(tuple(responses(rows, need, outcomes, controls)), covered.effect, struck)


def responses(
    rows: pd.DataFrame, need: Need, outcomes: tuple[str, ...], controls: tuple[str, ...]
) -> Iterator[Response]:
    """Yield the response of each outcome to any shock, and of all subsidies to each kind of shock."""
    for outcome in outcomes:
        yield response("", outcome, rows, need, controls)
    for shock in rows["shock"].dropna().astype(str).unique():
        alone = rows[rows["shock"].isna() | (rows["shock"] == shock)]
        if (alone["shock"] == shock).sum() >= FEWEST_STRUCK:
            for outcome in ("own", "received"):
                yield response(shock, outcome, alone, need, controls)


def response(shock: str, outcome: str, rows: pd.DataFrame, need: Need, controls: tuple[str, ...]) -> Response:
    """Return the response of one outcome."""
    terms = tuple(term(time) for time in TIMES)
    design = PanelDesign("household_id", "year", terms, controls, need.village)
    fit = fit_panel(rows, outcome, design, HOUSEHOLD_YEAR)
    return Response(shock, outcome, tuple(fit.estimate(name) for name in terms))


def with_times(rows: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """Return household-years with a column for each time since a shock, where all of them are recorded."""
    struck = every[KEY].assign(shock=every["shock"].notna().astype("float64"))
    for time in TIMES:
        moved = struck.assign(year=struck["year"] + time).rename(columns={"shock": term(time)})
        rows = rows.merge(moved, on=KEY, how="left", validate="one_to_one")
    return rows.dropna(subset=[term(time) for time in TIMES]).reset_index(drop=True)
