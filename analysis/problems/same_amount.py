"""Amounts that stay on their rung although need has moved."""

from dataclasses import dataclass

import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.means import mean
from analysis.problems.need import KEY, Need

MOVED = 0.10
"""Income without subsidies moved by more than this share of the line: need is another one."""
FEWEST_PAIRS = 30


@dataclass(frozen=True, slots=True)
class SameAmount:
    """Of household-years paid one kind this year and last whose need moved, the share that kept its rung."""

    kind: str
    share: IndexEstimate | NotApplicable
    n_moved: int


def same_amount(kind: str, need: Need) -> SameAmount:
    """Return the share of one kind.

    A household stays on its rung where its amount is that which most others with its amount of last year, in
    the same township and of the same size, receive now: a rise of the standard for all is not a response.
    """
    pairs = pairs_of(kind, need)
    moved = pairs[pairs["moved"]]
    if len(moved) < FEWEST_PAIRS:
        return SameAmount(kind, NotApplicable("Same amount", f"fewer than {FEWEST_PAIRS} cases"), len(moved))
    return SameAmount(kind, mean(moved, "same", clusters=need.village), len(moved))


def pairs_of(kind: str, need: Need) -> pd.DataFrame:
    """Return household-years paid in both years at the same size, with `moved` and `same`."""
    place = [name for name in (need.township, need.village) if name is not None]
    rows = need.rows[[*KEY, *place, "household_size", "own", "line"]].assign(
        amount=(need.rows[f"pay_{kind}"] * need.rows["prices"]).round(1)
    )
    paid = rows[rows["amount"] > 0]
    last = paid[[*KEY, "household_size", "own", "line", "amount"]].assign(year=paid["year"] + 1)
    last = last.rename(columns={"own": "own_last", "line": "line_last", "amount": "amount_last"})
    both = paid.merge(last, on=[*KEY, "household_size"], how="inner", validate="one_to_one")
    change = both["own"] / both["line"] - both["own_last"] / both["line_last"]
    cell = [*place[:1], "year", "amount_last"]
    alike = both.groupby([*cell, "amount"])["amount"].transform("size")
    most = alike.groupby([both[name] for name in cell]).transform("max")
    same = ((alike == most) & (alike > 1)).astype("float64")
    return both.assign(moved=change.abs() > MOVED, same=same)
