"""What subsidies do when a household is struck: in the year, the years after, and the year before."""

from dataclasses import dataclass

import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.results import Estimate
from analysis.estimates.switching.absorption import Absorbed
from analysis.faults import Fault, Faults
from analysis.problems.need import Need
from analysis.problems.shock_measures import delay_of, elasticity_of, share_of_change
from analysis.problems.shock_times import TIMES, ShockRows, column, fit_times, with_times

FEWEST_STRUCK = 20
THOUSAND = 1000.0
MONEY = ("own", "need", "received")
VARIES = 1e-9


@dataclass(frozen=True, slots=True)
class Response:
    """Thousand yuan per capita of one outcome by `TIMES` since a shock; any shock where `shock` is empty.

    Of subsidies `elasticity` is that to other income at the means of the rows, `delay` the mean wait in years
    of what is paid up to two years later.
    """

    shock: str
    outcome: str
    by_time: tuple[Estimate, ...]
    elasticity: Estimate | NotApplicable
    delay: Estimate | NotApplicable


@dataclass(frozen=True, slots=True)
class ShockResponse:
    """Responses of income without subsidies, of need, of all subsidies and of each kind.

    `met` is the rise of subsidies for each yuan of need that a shock adds in its year, `covered` the same for
    each yuan of other income lost; `n_struck` counts household-years.
    """

    responses: tuple[Response, ...]
    met: Estimate | NotApplicable
    covered: Estimate | NotApplicable
    n_struck: int

    def of(self, outcome: str, shock: str = "") -> Response:
        """Return the response of one outcome to one kind of shock; raises `StopIteration` without it."""
        return next(of for of in self.responses if (of.outcome, of.shock) == (outcome, shock))


def shock_response(need: Need, every: pd.DataFrame, controls: tuple[str, ...]) -> ShockResponse:
    """Return the responses; `every` has all household-years of the records with their `shock`.

    `y_it = sum_k b_k shock_i,t-k + controls + a_i + d_t + e_it`, k from -1 to 2 and a term for all later
    years, errors by village; the year before the shock is a check. Household-years whose neighbours are not
    recorded are left out. What is met
    and covered instruments need and loss by the shock in its year, the other years held equal.
    Raises `Faults` where fewer than twenty household-years are struck.
    """
    known = rows_of(need, every, controls)
    struck = int(known.rows[column(0)].sum())
    if struck < FEWEST_STRUCK:
        raise Faults(
            [Fault("shock", f"{struck} household-years", f"at least {FEWEST_STRUCK}", "record shocks")]
        )
    kinds = tuple(name for name in known.shocks if name)
    responses = [*responses_to(known, ("",), "")]
    for name in kinds:
        responses += responses_to(known, kinds, name)
    alone = without_now(known, ("",), "")
    return ShockResponse(
        responses=tuple(responses),
        met=share_of_change(alone, "received", "need", "", "need rises too little in the year of a shock"),
        covered=share_of_change(
            alone, "received", "loss", "", "income falls too little in the year of a shock"
        ),
        n_struck=struck,
    )


def rows_of(need: Need, every: pd.DataFrame, controls: tuple[str, ...]) -> ShockRows:
    """Return household-years with neighbours on record, and outcomes in thousands that vary within one."""
    names = ("", *sorted(every["shock"].dropna().astype(str).unique()))
    outcomes = (*MONEY, *(f"pay_{kind}" for kind in need.kinds))
    money = need.rows[list(outcomes)] / THOUSAND
    rows = with_times(need.rows.assign(**money, loss=-money["own"]), every, names)
    often = tuple(name for name in names if not name or rows[column(0, name)].sum() >= FEWEST_STRUCK)
    within = rows[list(outcomes)] - rows.groupby("household_id")[list(outcomes)].transform("mean")
    varied = tuple(name for name in outcomes if within[name].abs().max() > VARIES)
    return ShockRows(rows, often, varied, need.village, controls)


def without_now(known: ShockRows, shocks: tuple[str, ...], shock: str) -> Absorbed:
    """Return outcomes, loss and the shock in its year without effects, controls and all other times."""
    now = column(0, shock)
    others = tuple(name for name in known.all_times(shocks) if name != now)
    return known.without_effects((*known.outcomes, "loss", now), others)


def responses_to(known: ShockRows, shocks: tuple[str, ...], shock: str) -> list[Response]:
    """Return the response of each outcome to one shock, the others of `shocks` held equal."""
    terms = known.all_times(shocks)
    left = known.without_effects((*known.outcomes, *terms), ())
    alone = without_now(known, shocks, shock)
    found = []
    for outcome in known.outcomes:
        fitted = fit_times(left, outcome, terms)
        by_time = tuple(fitted.estimate(column(time, shock)) for time in TIMES)
        paid = outcome not in ("own", "need")
        nothing = NotApplicable("Response", "no subsidy")
        found.append(
            Response(
                shock,
                outcome,
                by_time,
                elasticity_of(alone, outcome, shock) if paid else nothing,
                delay_of(fitted, shock) if paid else nothing,
            )
        )
    return found
