"""Amounts that stay although need has moved."""

from dataclasses import dataclass

import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.shares import Share, share_of
from analysis.problems.need import KEY, Need

MOVED = 0.10
"""Need moved by more than this share of the line."""
FEWEST_PAIRS = 30


@dataclass(frozen=True, slots=True)
class SameAmount:
    """Of household-years whose need moved and that were paid this year or last, the share that stayed."""

    share: Share | NotApplicable
    n_households: int


def same_amount(paid: str, need: Need) -> SameAmount:
    """Return the share whose amount of column `paid` stayed although need moved.

    Amounts are nominal yuan per head of households that were of the same size in both years. An amount
    stays where it is that of last year, or that which most households of the township with the same amount
    last year receive now: a rise of the standard for all is not a response. A grant or a withdrawal is one.
    """
    moved = pairs_of(paid, need)
    moved = moved[moved["moved"]]
    n_households = int(moved["household_id"].nunique())
    if len(moved) < FEWEST_PAIRS:
        return SameAmount(NotApplicable("Same amount", f"fewer than {FEWEST_PAIRS} cases"), n_households)
    return SameAmount(share_of(moved["same"], moved[need.village]), n_households)


def stays_of(need: Need) -> SameAmount:
    """Return how often the amount of all kinds that are tied to need stays."""
    if not need.by_need:
        return SameAmount(NotApplicable("Same amount", "no kind on record is tied to need"), 0)
    return same_amount("pay_by_need", need)


def pairs_of(paid: str, need: Need) -> pd.DataFrame:
    """Return household-years paid in this year or the last at the same size, with `moved` and `same`."""
    place = [] if need.township is None else [need.township]
    rows = need.rows.assign(amount=(need.rows[paid] * need.rows["prices"]).round(1))
    columns = [*dict.fromkeys((*KEY, *place, need.village, "household_size", "need", "line", "amount"))]
    last = rows[[*KEY, "household_size", "need", "line", "amount"]].assign(year=rows["year"] + 1)
    last = last.rename(columns={name: f"{name}_last" for name in ("need", "line", "amount")})
    both = rows[columns].merge(last, on=[*KEY, "household_size"], how="inner", validate="one_to_one")
    both = both[(both["amount"] > 0) | (both["amount_last"] > 0)]
    change = both["need"] / both["line"] - both["need_last"] / both["line_last"]
    cell = [*place, "year", "amount_last"]
    alike = both.groupby([*cell, "amount"], observed=True)["amount"].transform("size")
    most = alike.groupby([both[name] for name in cell], observed=True).transform("max")
    rise_for_all = (alike == most) & (alike > 1) & (both["amount_last"] > 0) & (both["amount"] > 0)
    same = (both["amount"] == both["amount_last"]) | rise_for_all
    return both.assign(moved=change.abs() > MOVED, same=same)
