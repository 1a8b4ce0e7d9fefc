"""Township autonomy within a framework: what bounds on township lines would change in who is included."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.countermeasures.drawn import SEED, Drawn, drawn
from analysis.estimates.discontinuity.break_line import LineColumns
from analysis.estimates.discontinuity.step_spread import StepSpread, counts_of
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.regressors import Floats

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
NAME = "bounds on township lines"
WIDTHS = (0.0, 0.02, 0.04, 0.06, 0.08, 0.10, 0.15, 0.20)
"""How far from the official line a township's may be, shares of it; 0 is one line for all."""
DRAWS = 400
REACH = 0.5
"""No line is farther from the official one: beyond, nobody's decision changes."""
BANDS = (0.05, 0.1, 0.2)
"""Beyond a township's line, inclusion is the rarer the farther: rates are told apart at these distances."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """What would have been under a bound of `width` on township lines.

    `included` household-years in all, `left_out` the share of those below the official line, `beyond` the
    share of the included that is not below it. `decided` is the share of household-years near the line for
    which it depends on the township whether they are below its line, by the lines as they are found.
    """

    width: float
    included: Drawn
    left_out: Drawn
    beyond: Drawn
    decided: float


@dataclass(frozen=True, slots=True, eq=False)
class Autonomy:
    """Today's practice and every bound; `fewer` is how much less often the needy are left out by one line."""

    practice: Bounded
    bounds: tuple[Bounded, ...]
    fewer: Drawn
    n_obs: int


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Household-years whose decision a bound may touch: distance from the official line, place, decision.

    `far` counts the others: included in all, below the official line, both.
    """

    distance: Floats
    place: Ints
    included: Floats
    far: tuple[float, float, float]


def autonomy(rows: pd.DataFrame, lines: StepSpread, *, grid: Floats, near: float) -> Autonomy | NotApplicable:
    """Return what bounds on the lines would have changed, from a screening's decisions.

    `rows` has `distance` from the official line, `household_id`, `township_code` and `included`; `grid` are
    the candidates of `lines`. The chance of inclusion is a_g below the line that is used and b_k beyond it,
    a_g the rate of the township below its line and b_k that of all as far beyond theirs. Every household-year
    keeps its luck: `u` is drawn below its chance of today if it was included and above it if it was not, and
    it is included under a bound if `u` is below its chance then. So where the chance is the same the decision
    is. Lines are drawn from what the township's decisions say of them, rates from their Beta distribution.
    """
    codes = pd.Index([str(group) for group in lines.groups])
    place = codes.get_indexer(pd.Index(rows["township_code"].astype(str)))
    if (place < 0).any():
        return NotApplicable(NAME, f"no line is known of {int((place < 0).sum())} household-years")
    if not (rows["distance"] < 0).any():
        return NotApplicable(NAME, "no household-year of the screening is below the official line")
    cases = cases_of(rows, place.astype(np.int64))
    rng = np.random.default_rng(SEED)
    weights = line_weights(rows[rows["distance"].abs() < near], lines, grid)
    draws = np.stack([of_bounds(cases, own, rng) for own in line_draws(weights, grid, rng)])
    middle = draws.mean(axis=0)
    told = tuple(
        Bounded(
            width,
            included=drawn(float(middle[k, 0]), draws[:, k, 0]),
            left_out=drawn(float(middle[k, 1]), draws[:, k, 1]),
            beyond=drawn(float(middle[k, 2]), draws[:, k, 2]),
            decided=decided(cases.distance, lines.spread.means, width, near),
        )
        for k, width in enumerate((*WIDTHS, np.inf))
    )
    gain = draws[:, -1, 1] - draws[:, 0, 1]
    return Autonomy(told[-1], told[:-1], drawn(float(gain.mean()), gain), len(rows))


def cases_of(rows: pd.DataFrame, place: Ints) -> Cases:
    """Return the household-years within `REACH` of the official line, and what the others add."""
    distance, included = rows["distance"].to_numpy(dtype=float), rows["included"].to_numpy(dtype=float)
    close = np.abs(distance) < REACH
    far, short = included[~close], distance[~close] < 0
    counts = (float(far.sum()), float(short.sum()), float(far[short].sum()))
    return Cases(distance[close], place[close], included[close], counts)


def decided(distance: Floats, lines: Floats, width: float, near: float) -> float:
    """Return the share of household-years near the official line that are between two townships' lines."""
    bounded = np.clip(lines, -width, width)
    beside = distance[np.abs(distance) < near]
    return float(((beside >= bounded.min()) & (beside < bounded.max())).mean())


def line_weights(near: pd.DataFrame, lines: StepSpread, grid: Floats) -> Floats:
    """Return how likely each candidate is for each township by its own decisions alone, groups by candidates.

    Drawn towards the others, extreme lines would be drawn less extreme than they are, and bounds seem to bind
    less.
    """
    groups, counts = counts_of(
        near, LineColumns("included", "distance", "township_code", "household_id"), grid
    )
    likelihood = counts.likelihood(lines.rate_below, lines.rate_above)
    weights = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    order = [groups.index(group) for group in lines.groups]
    return (weights / weights.sum(axis=1, keepdims=True))[order]


def line_draws(weights: Floats, grid: Floats, rng: np.random.Generator) -> Floats:
    """Return draws of the lines of all townships, draws by townships."""
    edges = np.cumsum(weights, axis=1)
    chosen = rng.random((DRAWS, len(edges)))
    draws = [grid[np.searchsorted(own / own[-1], u)] for own, u in zip(edges, chosen.T, strict=True)]
    return np.stack(draws, axis=1)


def of_bounds(cases: Cases, lines: Floats, rng: np.random.Generator) -> Floats:
    """Return included, left out and beyond under every bound and today, bounds by figures."""
    gap, needy = cases.distance - lines[cases.place], cases.distance < 0
    below = gap < 0
    rate_below = rates(cases.place[below], cases.included[below], len(lines), rng)
    rate_beyond = rates(np.digitize(gap[~below], BANDS), cases.included[~below], len(BANDS) + 1, rng)

    def chance(distance: Floats) -> Floats:
        return np.where(distance < 0, rate_below[cases.place], rate_beyond[np.digitize(distance, BANDS)])

    now = chance(gap)
    drawn_luck = rng.random(len(gap))
    luck = np.where(cases.included == 1, now * drawn_luck, now + (1 - now) * drawn_luck)
    others, others_needy, others_reached = cases.far
    found = []
    for width in (*WIDTHS, np.inf):
        included = luck < chance(cases.distance - np.clip(lines, -width, width)[cases.place])
        total = included.sum() + others
        reached = included[needy].sum() + others_reached
        left_out = 1 - reached / (needy.sum() + others_needy)
        found.append((total, left_out, (total - reached) / max(total, 1)))
    return np.array(found)


def rates(place: Ints, included: Floats, n_places: int, rng: np.random.Generator) -> Floats:
    """Return a draw of the rate of inclusion in each place from its Beta distribution."""
    yes = np.bincount(place, included, minlength=n_places)
    no = np.bincount(place, 1 - included, minlength=n_places)
    return rng.beta(yes + 0.5, no + 0.5)
