"""The path of outcome and dose around the scheduled expiry of a term, against terms that run on."""

from dataclasses import dataclass

import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, unknown_columns, where
from analysis.estimates.panel_sample import complete_rows, refuse_empty
from analysis.estimates.results import Dropped, Fit
from analysis.estimates.switching.absorbed_fit import Regression, least_squares
from analysis.estimates.switching.absorption import AbsorbedDesign, absorbed
from analysis.faults import Fault, Faults

STACK = "expiry of the stack"
EXPIRED = "expired in the stack"
BASE = -1


@dataclass(frozen=True, slots=True)
class ExpiryPath:
    """Reduced forms by year since the scheduled expiry, terms such as `-2`, `+0`, `+1`; `-1` is the base.

    Years before `+0` are placebos of both: nobody's term has run out. Rows of households whose term
    runs on serve several expiries, so `n_obs` counts rows of stacks.
    """

    outcome: Fit
    dose: Fit
    dropped: tuple[Dropped, ...]


def event_term(event_year: int) -> str:
    """Return the name of a year since expiry."""
    return f"{event_year:+d}"


def stacked(rows: pd.DataFrame, *, expiry: str, period: str, window: tuple[int, int]) -> pd.DataFrame:
    """Return one stack an expiry year: terms that expire in it, and later ones while they run."""
    first, last = window
    stacks = []
    for year in sorted(rows[expiry].unique()):
        later = (rows[expiry] > year) & (rows[expiry] > rows[period])
        near = rows[period].between(year + first, year + last)
        stack = rows[near & (later | (rows[expiry] == year))]
        expired = (stack[expiry] == year).astype("float64")
        stacks.append(stack.assign(**{STACK: year, EXPIRED: expired}))
    return pd.concat(stacks, ignore_index=True)


def with_events(stacks: pd.DataFrame, period: str, window: tuple[int, int]) -> pd.DataFrame:
    """Return the stacks with an indicator of each event year but the base; raises `Faults` for empty ones."""
    since = stacks[period] - stacks[STACK]
    events = {
        event_term(k): ((since == k) & (stacks[EXPIRED] == 1)).astype("float64")
        for k in range(window[0], window[1] + 1)
        if k != BASE
    }
    empty = [term for term, column in events.items() if not column.any()]
    if empty:
        mend = "choose a narrower window"
        raise Faults([Fault("window", f"no household in {', '.join(empty)}", "years that are seen", mend)])
    return stacks.assign(**events)


def check_path(frame: pd.DataFrame, numbers: tuple[str, ...], keys: tuple[str, ...]) -> None:
    """Raise `Faults` for columns that are unknown, not numeric, or reserved."""
    faults = unknown_columns(frame, keys) or column_faults(frame, numbers, ())
    faults += [
        Fault(where(name), "the name is taken by the stacks", "another name", "rename the column")
        for name in (STACK, EXPIRED)
        if name in (*numbers, *keys)
    ]
    if faults:
        raise Faults(faults)


def expiry_path(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    cohort: str,
    expiry: str,
    entity: str,
    period: str,
    clusters: str,
    window: tuple[int, int] = (-3, 1),
    level: float = 0.95,
) -> ExpiryPath:
    """Return the paths of outcome and dose by year since the scheduled expiry of the first term.

    For each expiry year, terms that expire are compared with terms of the same `cohort` that still run:
    `y = sum_k b_k 1[expired, t - expiry = k] + a_{i,stack} + c_{cohort,stack,t} + e`, `k = -1` left out
    (stacked differences in differences: Cengiz, Dube, Lindner and Zipperer 2019). What an expired term
    does to income follows from both paths, year by year; renewals are part of the path of the dose.
    `expiry` and `period` are years. Raises `Faults` as `absorbed` does, and for a year of the window in
    which no term has expired or that no comparison reaches.
    """
    frame = plain(frame)
    check_path(frame, (outcome, dose, expiry, period), (cohort, entity, clusters))
    rows, dropped = complete_rows(frame, (cohort, expiry, outcome, dose))
    refuse_empty(rows, dropped)
    stacks = with_events(stacked(rows, expiry=expiry, period=period, window=window), period, window)
    terms = tuple(event_term(k) for k in range(window[0], window[1] + 1) if k != BASE)
    design = AbsorbedDesign(
        (outcome, dose, *terms), ((entity, STACK), (cohort, STACK, period)), clusters, entity
    )
    left = absorbed(stacks, design)
    treated = left.rows[list(terms)].any(axis=1)
    paths = [
        least_squares(left, Regression(column, terms, "scheduled expiry"), treated=treated, level=level)
        for column in (outcome, dose)
    ]
    return ExpiryPath(paths[0], paths[1], (*dropped, *left.dropped))
