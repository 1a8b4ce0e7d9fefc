"""How concentrated money is over kinds: Herfindahl, Shannon, effective number, Theil's distance to equal."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.regressors import Floats
from analysis.estimates.weighted_rows import weighted_rows
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class ConcentrationIndex:
    """One index with its interval, beside the shares as they are, and an equal split."""

    name: str
    estimate: float
    conf_low: float
    conf_high: float
    uncorrected: float
    equal: float


@dataclass(frozen=True, slots=True, eq=False)
class Concentration:
    """Four indices and the share of each kind; `n_effective` equal projects would average as well."""

    herfindahl: ConcentrationIndex
    effective: ConcentrationIndex
    shannon: ConcentrationIndex
    theil: ConcentrationIndex
    shares: pd.Series = field(repr=False)
    n_obs: int
    n_effective: float


def concentration(
    frame: pd.DataFrame,
    amount: str,
    kind: str,
    kinds: tuple[str, ...],
    *,
    draws: int = 999,
    seed: int = 0,
    level: float = 0.95,
) -> Concentration:
    """Return the concentration of `amount`, one row a project, over K `kinds` with shares s.

    Herfindahl `sum s^2`, effective number `1 / Herfindahl` (Laakso and Taagepera 1979), Shannon
    `-sum s log s`, Theil's distance to an equal split `log K - Shannon`. A few large projects make any mix
    look concentrated: with `h = sum (w / W)^2` over projects, Herfindahl is corrected to `(H - h) / (1 - h)`,
    whose mean is that of the mix where kinds are drawn independently (Simpson 1949; Ellison and Glaeser
    1997), and Shannon by `(K' - 1) h / 2`, K' kinds present (Miller 1955).
    Intervals take the shares for those of `1 / h` equal projects (Kish 1965) with Perks's (1947) prior:
    quantiles of the indices, corrected alike, over draws from a Dirichlet distribution of `s / h + 1 / K`.
    A bootstrap over projects holds the mix too seldom where few projects are large.
    Raises `Faults` for a kind that is not named, and for fewer than two projects.
    """
    rows = weighted_rows(frame, (amount,), weights=amount, clusters=kind)
    labels, n = rows.values[kind].astype(str).to_numpy(), len(rows.weights)
    unknown = ", ".join(sorted(set(labels) - set(kinds)))
    if unknown or n < 2:
        found = unknown or f"{n} project"
        raise Faults(
            [Fault(where(kind), found, "at least two projects, of the kinds named", "name each kind")]
        )
    amounts = rows.weights[:, None] * (labels[:, None] == np.array(kinds))
    shares = shares_of(amounts.sum(axis=0))
    h = float(((rows.weights / rows.weights.sum()) ** 2).sum())
    drawn = np.random.default_rng(seed).dirichlet(shares / h + 1 / len(kinds), draws)
    herfindahl = herfindahl_of(shares, drawn, h, level)
    shannon = shannon_of(shares, drawn, h, level)
    return Concentration(
        herfindahl=herfindahl,
        effective=turned("effective number", herfindahl, lambda value: 1 / value),
        shannon=shannon,
        theil=turned("Theil", shannon, lambda value: float(np.log(len(kinds))) - value),
        shares=pd.Series(shares, index=list(kinds)),
        n_obs=n,
        n_effective=1 / h,
    )


def shares_of(amounts: Floats) -> Floats:
    """Return amounts as shares of their last axis."""
    return amounts / amounts.sum(axis=-1, keepdims=True)


def entropy(shares: Floats) -> Floats:
    """Return `-sum s log s` over the last axis, 0 log 0 being 0."""
    return -(shares * np.log(np.where(shares > 0, shares, 1.0))).sum(axis=-1)


def herfindahl_of(shares: Floats, drawn: Floats, h: float, level: float) -> ConcentrationIndex:
    """Return the Herfindahl without what chance adds; `shares` (K), `drawn` (draws by K)."""
    plain, equal = float((shares**2).sum()), 1 / len(shares)
    estimate = max((plain - h) / (1 - h), equal)
    chance = 1 / (1 / h + 2)
    without = np.maximum(((drawn**2).sum(axis=-1) - chance) / (1 - chance), equal)
    return ConcentrationIndex("Herfindahl", estimate, *around(estimate, without, level), plain, equal)


def shannon_of(shares: Floats, drawn: Floats, h: float, level: float) -> ConcentrationIndex:
    """Return Shannon's index with Miller's correction; `shares` (K), `drawn` (draws by K)."""
    plain, equal = float(entropy(shares)), float(np.log(len(shares)))
    chance = (int((shares > 0).sum()) - 1) * h / 2
    estimate = min(plain + chance, equal)
    with_chance = np.minimum(entropy(drawn) + chance, equal)
    return ConcentrationIndex("Shannon", estimate, *around(estimate, with_chance, level), plain, equal)


def around(estimate: float, drawn: Floats, level: float) -> tuple[float, float]:
    """Return the quantiles of the draws, widened to the estimate where it lies beyond."""
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return min(float(low), estimate), max(float(high), estimate)


def turned(name: str, of: ConcentrationIndex, turn: Callable[[float], float]) -> ConcentrationIndex:
    """Return a falling function of an index, whose interval turns round."""
    return ConcentrationIndex(
        name, turn(of.estimate), turn(of.conf_high), turn(of.conf_low), turn(of.uncorrected), turn(of.equal)
    )
