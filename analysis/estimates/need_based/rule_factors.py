"""The factors by which rules change doses, recovered from records, and doses at a base period."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.results import Dropped
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class RuleFactors:
    """`frame` has one row a group and period: the factor over the base period, and the pairs behind it.

    Columns are those of the group and the period, then `factor` and `n_pairs` (0 in the base period).
    """

    frame: pd.DataFrame
    base: object
    dropped: tuple[Dropped, ...]


def check_amounts(frame: pd.DataFrame, amount: str, keys: tuple[str, ...], base: object) -> None:
    """Raise `Faults` for columns that are unknown, not numeric or incomplete, and for an unknown base."""
    faults = column_faults(frame, (amount,), keys, once=(keys[0], keys[1]))
    if not faults and not (frame[keys[1]] == base).any():
        mend = "choose another base"
        faults.append(Fault(where(keys[1]), f"no row in period {base!r}", "a period of the panel", mend))
    if faults:
        raise Faults(faults)


def steps_of(frame: pd.DataFrame, amount: str, entity: str, period: str, group: str) -> pd.DataFrame:
    """Return pairs of successive periods in which an entity of one group has a positive amount.

    Columns: group, position of the later period, the earlier amount and the ratio of the two.
    """
    position = pd.factorize(frame[period], sort=True)[0]
    rows = pd.DataFrame(
        {"entity": frame[entity], "group": frame[group], "step": position, "amount": frame[amount]}
    )
    before = rows.assign(step=rows["step"] + 1)
    pairs = rows.merge(
        before, on=["entity", "group", "step"], suffixes=("", "_before"), validate="one_to_one"
    )
    paid = (pairs["amount"] > 0) & (pairs["amount_before"] > 0)
    return pairs[paid].assign(ratio=lambda kept: kept["amount"] / kept["amount_before"])


def weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    """Return the smallest value at which half of the weight is reached."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def thin_faults(pairs: pd.DataFrame, groups: list[object], n_steps: int, at_least: int, group: str) -> None:
    """Raise `Faults` naming the groups with fewer pairs in a period than are asked for."""
    counts = pairs.groupby(["group", "step"], observed=True).size()
    counts = counts.reindex(pd.MultiIndex.from_product([groups, range(1, n_steps)]), fill_value=0)
    thin = counts[counts < at_least]
    if len(thin):
        found = f"{len(thin)} group-period(s) with fewer than {at_least} recipients of two successive periods"
        first = f"first {thin.index[0][0]!r} with {thin.iloc[0]}"
        mend = "join small groups, or ask for fewer pairs"
        raise Faults([Fault(where(group), f"{found}, {first}", "enough recipients in every one", mend)])


def rule_factors(
    ledger: pd.DataFrame,
    *,
    amount: str,
    entity: str,
    period: str,
    group: str,
    base: object,
    at_least: int = 10,
) -> RuleFactors:
    """Return by how much each group's rule multiplies amounts, relative to the base period.

    `amount` is what a person receives under the rule (any unit, 0 or missing without a grant), one row
    an entity and period. Most grades do not change between two periods, so that the median ratio of an
    entity's amounts, weighted by the earlier amount because small amounts are rounded most, is the
    rule's own step; steps are chained: `F_gt = prod_{s<=t} median_{i in g} a_is / a_i,s-1`. Changes of
    grades move it only if they are half of all. Raises `Faults` for unusable columns, a base that no
    row has, and groups with fewer than `at_least` pairs in a period.
    """
    ledger = plain(ledger)
    check_amounts(ledger, amount, (entity, period, group), base)
    pairs = steps_of(ledger, amount, entity, period, group)
    periods = sorted(ledger[period].unique().tolist())
    groups = sorted(ledger[group].unique().tolist())
    thin_faults(pairs, groups, len(periods), at_least, group)
    at = periods.index(base)
    parts = []
    for name, own in pairs.groupby("group", observed=True):
        medians = [
            weighted_median(step["ratio"].to_numpy(), step["amount_before"].to_numpy())
            for _, step in own.groupby("step")
        ]
        chain = np.cumprod([1.0, *medians])
        counts = [0, *own.groupby("step").size().tolist()]
        parts.append(
            pd.DataFrame({group: name, period: periods, "factor": chain / chain[at], "n_pairs": counts})
        )
    unpaired = Dropped("no positive amount in two successive periods", len(ledger) - len(pairs))
    return RuleFactors(pd.concat(parts, ignore_index=True), base, (unpaired,))


def at_base(frame: pd.DataFrame, *, column: str, entity: str, period: str, base: object) -> pd.Series:
    """Return each row's value of a column in the base period of its entity, missing where there is none.

    Raises `Faults` for unusable columns and a base that no row has.
    """
    rows = plain(frame)
    check_amounts(rows, column, (entity, period), base)
    then = rows.loc[rows[period] == base].set_index(entity)[column]
    return rows[entity].map(then).rename(f"{column} at base").astype("float64").set_axis(frame.index)


def exposure_at_base(
    frame: pd.DataFrame, *, amount: str, entity: str, period: str, group: str, base: object
) -> pd.Series:
    """Return each row's exposure: its entity's amount at base over the mean grant of its group then.

    0 without a grant, missing for entities that the base period does not have. In units of the group's
    grant and not in yuan, since yuan carry the group's generosity before the rule changes, which the
    change itself follows where rules converge: exposure-by-period effects, common to all groups, would
    then leave part of what need itself does over time correlated with the factor. Raises `Faults` for
    unusable columns, a base that no row has, and groups in which nobody has a grant at base.
    """
    rows = plain(frame)
    check_amounts(rows, amount, (entity, period, group), base)
    then = rows[rows[period] == base]
    means = then[then[amount] > 0].groupby(group)[amount].mean()
    bare = sorted(set(then[group].unique().tolist()) - set(means.index.tolist()))
    if bare:
        found = f"{len(bare)} group(s) without a grant in period {base!r}, first {bare[0]!r}"
        mend = "choose another base, or join small groups"
        raise Faults([Fault(where(group), found, "a grant in every group at base", mend)])
    exposure = (then[amount] / then[group].map(means)).set_axis(then[entity])
    at_rows = rows[entity].map(exposure).rename(f"{amount} at base").astype("float64")
    return at_rows.set_axis(frame.index)
