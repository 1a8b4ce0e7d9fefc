"""Whom the official line would have included and who was: errors of both kinds."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.estimates.shares import Share, share_of


@dataclass(frozen=True, slots=True)
class Errors:
    """`left_out` of household-years below the official line, `beyond` of the included: not below it."""

    left_out: Share
    beyond: Share


@dataclass(frozen=True, slots=True)
class InclusionErrors:
    """Errors under the official line in the county and by township code."""

    county: Errors
    townships: Mapping[str, Errors]


def inclusion_errors(rows: pd.DataFrame) -> InclusionErrors:
    """Return both errors from rows of the yearly screening."""
    by_township = rows.groupby("township_code", observed=True)
    return InclusionErrors(errors_in(rows), {str(code): errors_in(own) for code, own in by_township})


def errors_in(rows: pd.DataFrame) -> Errors:
    """Return the errors among some household-years."""
    below, taken = rows["distance"] < 0, rows["included"] == 1
    households = rows["household_id"]
    return Errors(share_of(~taken[below], households), share_of(~below[taken], households))
