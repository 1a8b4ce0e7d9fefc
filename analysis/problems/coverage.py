"""Who receives what: take-up of each kind among those in need, and kinds that come together."""

from dataclasses import dataclass
from itertools import combinations

from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.means import mean
from analysis.problems.need import Need

FEWEST = 8


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Share of household-years that receive one kind, or any where `kind` is empty, in need and not."""

    kind: str
    in_need: IndexEstimate
    not_in_need: IndexEstimate


@dataclass(frozen=True, slots=True)
class Overlap:
    """Household-years with both kinds: their share of those with either, and against chance.

    `lift` is the number that has both over the number that would if one did not depend on the other.
    """

    first: str
    second: str
    n_both: int
    share: float
    lift: float


def take_up(kind: str, need: Need) -> TakeUp:
    """Return the take-up of one kind; raises `Faults` where nobody, or everybody, is in need."""
    paid = need.rows["received"] if not kind else need.rows[f"pay_{kind}"]
    rows = need.rows.assign(takes=(paid > 0).astype("float64"))
    short = rows["need"] > 0
    return TakeUp(
        kind,
        mean(rows[short], "takes", clusters=need.village),
        mean(rows[~short], "takes", clusters=need.village),
    )


def overlaps(need: Need) -> tuple[Overlap, ...]:
    """Return pairs of kinds from the most frequent on; pairs of fewer than eight are not told."""
    paid = need.rows[[f"pay_{kind}" for kind in need.kinds]].to_numpy() > 0
    found = []
    for i, j in combinations(range(len(need.kinds)), 2):
        both = int((paid[:, i] & paid[:, j]).sum())
        either = int((paid[:, i] | paid[:, j]).sum())
        expected = paid[:, i].mean() * paid[:, j].sum()
        if both >= FEWEST:
            found.append(Overlap(need.kinds[i], need.kinds[j], both, both / either, float(both / expected)))
    return tuple(sorted(found, key=lambda pair: -pair.n_both))
