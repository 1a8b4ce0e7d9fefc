"""The effect of a post at the age limit of its holder: a discontinuity in whole years of age."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import optimize, stats

from analysis.estimates.cluster_scores import sum_by
from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_sample import complete_rows
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import levels
from analysis.estimates.switching.absorption import Absorbed, AbsorbedDesign, Effects, absorbed
from analysis.estimates.switching.instrumented import InstrumentedEffect, instrumented_left
from analysis.estimates.switching.ratio import ConfidenceSet
from analysis.faults import Fault, Faults

PAST = "past the limit"
FEWEST = 2


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """The fuzzy effect per unit of dose, and how much a straight line through few ages is trusted.

    `ages_below`, `ages_past` count the distinct ages used. `honest` holds the jumps of the outcome at
    the limit that are not rejected if its curve bends by at most `curvature` (outcome units per year
    squared) on either side: `worst_bias` is what the bend may add.
    """

    fuzzy: InstrumentedEffect
    bandwidth: float
    ages_below: int
    ages_past: int
    curvature: float
    worst_bias: float
    honest: ConfidenceSet


def running_columns(rows: pd.DataFrame, running: str) -> pd.DataFrame:
    """Return the indicator of being past the limit and a slope for each side."""
    age = rows[running].astype("float64")
    past = (age >= 0).astype("float64")
    return rows.assign(**{PAST: past, f"{running}, below": age * (1 - past), f"{running}, past": age * past})


def near_limit(
    frame: pd.DataFrame, running: str, numbers: tuple[str, ...], bandwidth: float
) -> tuple[pd.DataFrame, list[Dropped]]:
    """Return complete rows within the bandwidth; raises `Faults` if a side has fewer than two ages."""
    if faults := column_faults(frame, (*numbers, running), ()):
        raise Faults(faults)
    rows, dropped = complete_rows(frame, (running, *numbers))
    kept = rows[rows[running].between(-bandwidth, bandwidth)]
    if len(kept) < len(rows):
        dropped.append(Dropped(f"more than {bandwidth:g} from the limit", len(rows) - len(kept)))
    ages = np.sort(kept[running].unique())
    faults = [
        Fault(
            where(running),
            f"{n} distinct value(s) {side} within {bandwidth:g}",
            f"{FEWEST} or more on each side",
            "widen the bandwidth",
        )
        for side, n in (("below the limit", (ages < 0).sum()), ("past the limit", (ages >= 0).sum()))
        if n < FEWEST
    ]
    if faults:
        raise Faults(faults)
    return kept, dropped


def bend(rows: pd.DataFrame, outcome: str, running: str) -> float:
    """Return the largest second derivative of quadratics fitted on either side; 0 with two ages a side."""
    found = [0.0]
    for side in (rows[rows[running] < 0], rows[rows[running] >= 0]):
        if side[running].nunique() > FEWEST:
            age, y = side[running].to_numpy(dtype=float), side[outcome].to_numpy(dtype=float)
            found.append(abs(2 * float(np.polyfit(age, y, 2)[0])))
    return max(found)


def weights_of(left: Absorbed) -> Floats:
    """Return the weights with which outcomes enter the jump, n."""
    z = left.columns[PAST].to_numpy()
    return np.asarray(z / float(z @ z))


def worst_bias(weights: Floats, age: Floats, curvature: float) -> float:
    """Return the largest bias of the jump over curves with bounded bend: `M/2 sum_sides |sum w r^2|`."""
    below = abs(float((weights * age**2)[age < 0].sum()))
    past = abs(float((weights * age**2)[age >= 0].sum()))
    return curvature / 2 * (below + past)


def folded_critical(ratio: float, df: int, level: float) -> float:
    """Return the `level` quantile of `|T + ratio|`, T with `df` degrees of freedom."""

    def excess(value: float) -> float:
        return float(stats.t.cdf(value - ratio, df) - stats.t.cdf(-value - ratio, df)) - level

    return float(optimize.brentq(excess, 0.0, ratio + stats.t.ppf(0.5 + level / 2, df) + 1.0))


def honest_jump(left: Absorbed, outcome: str, bias: float, level: float) -> ConfidenceSet:
    """Return the interval of the jump whose length allows for the worst bias (Armstrong and Kolesár 2020)."""
    weights, y = weights_of(left), left.columns[outcome].to_numpy()
    jump = float(weights @ y)
    scores = sum_by(left.clusters, (weights * (y - jump * left.columns[PAST].to_numpy()))[:, None])
    error = float(np.sqrt((scores**2).sum() * left.correction(1).factor))
    reach = folded_critical(bias / error, levels(left.clusters) - 1, level) * error
    return ConfidenceSet("interval", jump - reach, jump + reach, level)


def age_limit(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    running: str,
    bandwidth: float,
    clusters: str,
    entity: str,
    effects: Effects = (),
    controls: tuple[str, ...] = (),
    curvature: float | None = None,
    level: float = 0.95,
) -> AgeLimit:
    """Return the fuzzy discontinuity of a dose at an age limit, by local linear regression.

    `running` is age less the limit, 0 or more past it, in whole years; within `bandwidth` years, all rows
    of equal weight, `y = b d + f_0 + s_0 r 1[r<0] + s_1 r 1[r>=0] + effects + e` with `d` instrumented by
    `1[r>=0]`. Clusters should be entities or places, never ages: with few ages that makes intervals too
    short (Kolesár and Rothe 2018), who bound the bend of the curve instead, as `honest` does for the jump
    of the outcome. Without `curvature` it is the largest bend of quadratics on either side: a rule of
    thumb. Raises `Faults` as `absorbed` does, and with fewer than two ages on a side.
    """
    rows, dropped = near_limit(plain(frame), running, (outcome, dose, *controls), bandwidth)
    rows = running_columns(rows, running)
    slopes = (f"{running}, below", f"{running}, past")
    design = AbsorbedDesign((outcome, dose, PAST), effects, clusters, entity, (*slopes, *controls))
    left = absorbed(rows, design)
    found = instrumented_left(left, level)
    age = left.rows[list(slopes)].sum(axis=1).to_numpy()
    bound = bend(rows, outcome, running) if curvature is None else curvature
    bias = worst_bias(weights_of(left), age, bound)
    ages = np.unique(age)
    return AgeLimit(
        fuzzy=replace(found, dropped=(*dropped, *found.dropped)),
        bandwidth=bandwidth,
        ages_below=int((ages < 0).sum()),
        ages_past=int((ages >= 0).sum()),
        curvature=bound,
        worst_bias=bias,
        honest=honest_jump(left, outcome, bias, level),
    )
