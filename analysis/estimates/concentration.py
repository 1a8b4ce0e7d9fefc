"""How concentrated money is over kinds: Herfindahl, Shannon, effective number, Theil's distance to equal."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.kind_shares import KindShares, shares_of
from analysis.estimates.regressors import Floats
from analysis.estimates.weighted_rows import weighted_rows
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class ConcentrationIndex:
    """One index with its interval, beside the shares as they are, and the most even use of the same rows.

    `equal` is its value where all kinds have equal shares, `even` where the rows that there are had been
    spread over kinds as evenly as they can be.
    """

    name: str
    estimate: float
    conf_low: float
    conf_high: float
    uncorrected: float
    even: float
    equal: float


@dataclass(frozen=True, slots=True, eq=False)
class Concentration:
    """Five indices and the share of each kind; `n_effective` equal projects would average as well.

    `beyond` is the Herfindahl between an equal split (0) and a single kind (1): where a share m goes to one
    kind and the rest is split equally over all, it is m squared.
    """

    beyond: ConcentrationIndex
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

    Herfindahl `H = sum s^2`, beyond an equal split `(H - 1/K) / (1 - 1/K)`, effective number `1 / H` (Laakso
    and Taagepera 1979), Shannon `-sum s log s`, Theil's distance to an equal split `log K - Shannon`. A few
    large projects make any mix look concentrated: with `h = sum (w / W)^2` over projects, H is corrected to
    `(H - h) / (1 - h)`, whose mean is that of the mix where kinds are drawn independently (Simpson 1949;
    Ellison and Glaeser 1997), and Shannon by `(K' - 1) h / 2`, K' kinds present (Miller 1955).
    Intervals take shares for those of `1 / h` equal projects (Kish 1965). Each end is a quantile over draws
    from a Dirichlet distribution of `s / h` and one project more: for the concentrated end of the largest
    kind, for the even end of all others alike, as the interval of Clopper and Pearson (1934) has it for two
    kinds. Draws differ from the mix twice, as s does and as they do from s; the even end is corrected for
    both, with all K kinds, the concentrated end once. The most even use puts projects, the largest first,
    each where least money is. Raises `Faults` for a kind that is not named, and for fewer than two projects.
    """
    rows = weighted_rows(frame, (amount,), weights=amount, clusters=kind)
    labels, n = rows.values[kind].astype(str).to_numpy(), len(rows.weights)
    unknown = ", ".join(sorted(set(labels) - set(kinds)))
    if unknown or n < 2:
        found = unknown or f"{n} project"
        raise Faults(
            [Fault(where(kind), found, "at least two projects, of the kinds named", "name each kind")]
        )
    mix = shares_of(rows.weights, labels[:, None] == np.array(kinds), draws, seed, level)
    herfindahl, shannon = herfindahl_of(mix), shannon_of(mix)
    equal = herfindahl.equal
    return Concentration(
        beyond=rising("Herfindahl beyond equal", herfindahl, lambda x: (x - equal) / (1 - equal)),
        herfindahl=herfindahl,
        effective=falling("effective number", herfindahl, lambda x: 1 / x),
        shannon=shannon,
        theil=falling("Theil", shannon, lambda x: float(np.log(len(kinds))) - x),
        shares=pd.Series(mix.shares, index=list(kinds)),
        n_obs=n,
        n_effective=1 / mix.h,
    )


def entropy(shares: Floats) -> Floats:
    """Return `-sum s log s` over the last axis, 0 log 0 being 0."""
    return -(shares * np.log(np.where(shares > 0, shares, 1.0))).sum(axis=-1)


def herfindahl_of(mix: KindShares) -> ConcentrationIndex:
    """Return the Herfindahl without what chance adds."""
    plain, equal, h = float((mix.shares**2).sum()), 1 / len(mix.shares), mix.h
    estimate = max((plain - h) / (1 - h), equal)
    chance = 1 / (1 / h + 2)
    even, single = (((x**2).sum(axis=-1) - chance) / (1 - chance) for x in (mix.even_end, mix.single_end))
    low = float(np.quantile((even - h) / (1 - h), (1 - mix.level) / 2))
    high = float(np.quantile(single, (1 + mix.level) / 2))
    low, high = min(max(low, equal), estimate), max(high, estimate)
    return ConcentrationIndex("Herfindahl", estimate, low, high, plain, float((mix.even**2).sum()), equal)


def shannon_of(mix: KindShares) -> ConcentrationIndex:
    """Return Shannon's index with Miller's correction."""
    plain, equal = float(entropy(mix.shares)), float(np.log(len(mix.shares)))
    chance = (int((mix.shares > 0).sum()) - 1) * mix.h / 2
    most = (len(mix.shares) - 1) * mix.h / 2
    estimate = min(plain + chance, equal)
    low = float(np.quantile(entropy(mix.single_end), (1 - mix.level) / 2)) + chance
    high = float(np.quantile(entropy(mix.even_end), (1 + mix.level) / 2)) + 2 * most
    low, high = min(low, estimate), max(min(high, equal), estimate)
    return ConcentrationIndex("Shannon", estimate, low, high, plain, float(entropy(mix.even)), equal)


def rising(name: str, of: ConcentrationIndex, turn: Callable[[float], float]) -> ConcentrationIndex:
    """Return a rising function of an index."""
    ends = (of.estimate, of.conf_low, of.conf_high, of.uncorrected, of.even, of.equal)
    return ConcentrationIndex(name, *(turn(value) for value in ends))


def falling(name: str, of: ConcentrationIndex, turn: Callable[[float], float]) -> ConcentrationIndex:
    """Return a falling function of an index, whose interval turns round."""
    ends = (of.estimate, of.conf_high, of.conf_low, of.uncorrected, of.even, of.equal)
    return ConcentrationIndex(name, *(turn(value) for value in ends))
