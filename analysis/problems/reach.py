"""Where the money of subsidies goes, by township, and the floor that it could reach."""

from dataclasses import dataclass, replace
from functools import partial

from analysis.designs.attempts import attempted
from analysis.estimates.floor import Floor, reachable_floor
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.targeting import Targeting, targeting
from analysis.problems.need import Need, with_last_year
from analysis.problems.same_amount import SameAmount, stays_of

SEED = 4


@dataclass(frozen=True, slots=True)
class TownshipTargeting:
    """Where the subsidies of one township go, and among how many households in need."""

    code: str
    money: float
    n_in_need: int
    targeting: Targeting | NotApplicable
    same: SameAmount


def targeted(need: Need) -> Targeting:
    """Return where money goes whose household has the year before on record, persons weighing alike.

    Each year is a budget of its own.
    """
    return targeting(
        with_last_year(need.rows),
        need="need",
        received="received",
        known="own_last",
        budget="year",
        weights="household_size",
        clusters=need.village,
    )


def by_township(need: Need) -> tuple[TownshipTargeting, ...]:
    """Return where the money of each township goes, none where the records name no township."""
    if need.township is None:
        return ()
    found = []
    for code, rows in need.rows.groupby(need.township, observed=True):
        here = replace(need, rows=rows.reset_index(drop=True))
        paid = float((rows["received"] * rows["household_size"]).sum())
        short = int(rows.loc[rows["need"] > 0, "household_id"].nunique())
        gone = attempted("Targeting", partial(targeted, here))
        found.append(TownshipTargeting(str(code), paid, short, gone, stays_of(here)))
    return tuple(found)


def floor_of(need: Need) -> Floor:
    """Return the floor that the subsidies of the last year could reach."""
    last = need.rows[need.rows["year"] == need.rows["year"].max()]
    return reachable_floor(
        last, income="own", paid="received", weights="household_size", clusters=need.village, seed=SEED
    )
