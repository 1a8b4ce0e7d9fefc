"""Scheduled terms: what a household's first term promised at its start, year by year."""

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import missing_faults, unknown_columns, where
from analysis.faults import Fault, Faults


def months_between(first: pd.Series, last: pd.Series) -> pd.Series:
    """Return the months from a first to a last month, both included; both are dates."""
    return 12 * (last.dt.year - first.dt.year) + last.dt.month - first.dt.month + 1


def check_ledger(
    ledger: pd.DataFrame, rows: pd.DataFrame, *, entity: str, period: str, term: str, start: str, months: str
) -> None:
    """Raise `Faults` for columns that are not there, empty, of the wrong type, or that change in a term."""
    faults = unknown_columns(ledger, (entity, term, start, months)) + unknown_columns(rows, (entity, period))
    if not faults:
        faults = list(missing_faults(ledger, (entity, term, start, months)))
    if not faults and not pd.api.types.is_datetime64_any_dtype(ledger[start]):
        faults.append(
            Fault(where(start), f"type {ledger[start].dtype}", "dates", "convert it with pandas.to_datetime")
        )
    if not faults and not (ledger[months] > 0).all():
        short = int((~(ledger[months] > 0)).sum())
        faults.append(
            Fault(where(months), f"{short} term(s) without a month", "1 or more", "look at the dates")
        )
    if not faults:
        several = ledger.groupby([entity, term])[[start, months]].nunique().gt(1).any(axis=1)
        if several.any():
            first = several[several].index.get_level_values(1)[0]
            found = f"{int(several.sum())} term(s) with several, first {first}"
            faults.append(Fault(f"ledger, columns {start!r} and {months!r}", found, "one", "mend the ledger"))
    if faults:
        raise Faults(faults)


def first_terms(ledger: pd.DataFrame, *, entity: str, term: str, start: str, months: str) -> pd.DataFrame:
    """Return each entity's earliest term; of several that start together, the first by identifier."""
    ordered = ledger[[entity, term, start, months]].sort_values([entity, start, term], kind="stable")
    return ordered.drop_duplicates(entity)[[entity, start, months]]


def scheduled_terms(
    ledger: pd.DataFrame,
    rows: pd.DataFrame,
    *,
    entity: str,
    period: str,
    term: str,
    start: str,
    months: str,
) -> pd.DataFrame:
    """Return what the first term scheduled for each entity-year, in the order and index of `rows`.

    `ledger` has one or more rows a term with its `start` (a date) and scheduled `months`; `period` of
    `rows` is a calendar year. Columns of the result:

    - `cohort`: the month in which the first term started;
    - `scheduled`: post-years scheduled in this year, months in it divided by 12;
    - `expiry`: the year of the first month after the scheduled end;
    - `since_start`: years since the year of the start, negative before it.

    All four are missing for entities without a term. Later terms do not count: whether there is one is
    chosen. Raises `Faults` for missing values, and for a term with several starts or lengths.
    """
    check_ledger(ledger, rows, entity=entity, period=period, term=term, start=start, months=months)
    first = first_terms(ledger, entity=entity, term=term, start=start, months=months)
    terms = pd.DataFrame({entity: first[entity], "cohort": first[start], "months": first[months]})
    merged = rows[[entity, period]].merge(terms, on=entity, how="left", validate="many_to_one")
    begin = 12 * merged["cohort"].dt.year + merged["cohort"].dt.month - 1
    after = begin + merged["months"]
    january = 12 * merged[period].astype("int64")
    held = np.minimum(after, january + 12) - np.maximum(begin, january)
    found = pd.DataFrame(
        {
            "cohort": merged["cohort"].dt.to_period("M").dt.to_timestamp(),
            "scheduled": held.clip(lower=0) / 12,
            "expiry": after // 12,
            "since_start": merged[period] - merged["cohort"].dt.year,
        }
    )
    return found.set_axis(rows.index)
