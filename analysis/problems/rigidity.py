"""Inflexible subsidies: response to need, amounts that stay, coverage, and what the money could reach."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.floor import Floor, reachable_floor
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.targeting import Targeting, targeting
from analysis.panel.build import Panel
from analysis.problems.coverage import Overlap, TakeUp, overlaps, take_up
from analysis.problems.need import Need, lacks, need_of, with_last_year
from analysis.problems.same_amount import SameAmount, same_amount
from analysis.problems.shock_response import ShockResponse, shock_response
from analysis.problems.withdrawal import Withdrawal, withdrawal
from analysis.region import Region

SEED = 4


@dataclass(frozen=True, slots=True)
class TownshipTargeting:
    """Where the subsidies of one township go, and among how many households in need."""

    code: str
    money: float
    n_in_need: int
    targeting: Targeting | NotApplicable
    same: SameAmount


@dataclass(frozen=True, slots=True)
class Rigidity:
    """What the records say about subsidies against need.

    `stays` is of all kinds together that rules tie to need, `same` of each kind. `floor` is of the last year:
    the income per capita, in prices of the base year, that its subsidies could lift every household of the
    study sample to.
    """

    need: Need
    shocks: ShockResponse | NotApplicable
    stays: SameAmount
    same: Mapping[str, SameAmount]
    withdrawal: Withdrawal
    take_up: Mapping[str, TakeUp]
    overlaps: tuple[Overlap, ...]
    targeting: Targeting | NotApplicable
    townships: tuple[TownshipTargeting, ...]
    floor: Floor | NotApplicable


def measure_rigidity(
    panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region
) -> Rigidity | NotApplicable:
    """Return the measurements, or what the records lack for them."""
    reason = lacks(panel, tables, region)
    if reason:
        return NotApplicable("Rigidity", reason)
    return attempted("Rigidity", lambda: measured(need_of(panel, tables, region), panel))


def measured(need: Need, panel: Panel) -> Rigidity:
    """Return the measurements of need against receipt."""
    return Rigidity(
        need=need,
        shocks=responses_of(need, panel),
        stays=stays_of(need),
        same={kind: same_amount(f"pay_{kind}", need) for kind in need.kinds},
        withdrawal=withdrawal(need, panel.controls),
        take_up={kind: take_up(kind, need) for kind in ("", *need.kinds)},
        overlaps=overlaps(need),
        targeting=attempted("Targeting", lambda: targeted(need)),
        townships=by_township(need),
        floor=attempted("Floor", lambda: floor_of(need)),
    )


def responses_of(need: Need, panel: Panel) -> ShockResponse | NotApplicable:
    """Return the response to shocks, where the records have them."""
    if "shock" not in panel.frame:
        return NotApplicable("Shocks", "the records do not say which households were struck")
    return attempted("Shocks", lambda: shock_response(need, panel.frame, panel.controls))


def stays_of(need: Need) -> SameAmount:
    """Return how often the amount of all kinds that are tied to need stays."""
    if not need.by_need:
        return SameAmount(NotApplicable("Same amount", "no kind on record is tied to need"), 0)
    return same_amount("pay_by_need", need)


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
