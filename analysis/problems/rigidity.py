"""Inflexible subsidies: response to need, amounts that stay, coverage, and what the money could reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.floor import Floor, reachable_floor
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.targeting import Targeting, targeting
from analysis.panel.build import Panel
from analysis.problems.coverage import Overlap, TakeUp, overlaps, take_up
from analysis.problems.need import Need, lacks, need_of
from analysis.problems.same_amount import SameAmount, same_amount
from analysis.problems.shock_response import ShockResponse, shock_response
from analysis.problems.withdrawal import Withdrawal, withdrawal
from analysis.region import Region

SEED = 4


@dataclass(frozen=True, slots=True)
class TownshipTargeting:
    """Where the subsidies of one township go."""

    code: str
    money: float
    targeting: Targeting | NotApplicable
    same: SameAmount


@dataclass(frozen=True, slots=True)
class Rigidity:
    """What the records say about subsidies against need; `main` is the kind that takes most money.

    `floor` is of the last year: the income per capita, in prices of the base year, that its subsidies could
    lift every household of the study sample to.
    """

    need: Need
    main: str
    shocks: ShockResponse | NotApplicable
    same: tuple[SameAmount, ...]
    withdrawal: Withdrawal
    take_up: tuple[TakeUp, ...] | NotApplicable
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
    money = {
        kind: float((need.rows[f"pay_{kind}"] * need.rows["household_size"]).sum()) for kind in need.kinds
    }
    main = max(money, key=lambda kind: money[kind])
    return Rigidity(
        need=need,
        main=main,
        shocks=responses_of(need, panel),
        same=tuple(same_amount(kind, need) for kind in need.kinds),
        withdrawal=withdrawal(need),
        take_up=attempted("Take-up", lambda: tuple(take_up(kind, need) for kind in ("", *need.kinds))),
        overlaps=overlaps(need),
        targeting=attempted("Targeting", lambda: targeted(need.rows, need)),
        townships=by_township(need, main),
        floor=attempted("Floor", lambda: floor_of(need)),
    )


def responses_of(need: Need, panel: Panel) -> ShockResponse | NotApplicable:
    """Return the response to shocks, where the records have them."""
    if "shock" not in panel.frame:
        return NotApplicable("Shocks", "the records do not say which households were struck")
    return attempted("Shocks", lambda: shock_response(need, panel.frame, panel.controls))


def targeted(rows: pd.DataFrame, need: Need) -> Targeting:
    """Return where the money of these rows goes, each year a budget of its own, persons weighing alike."""
    return targeting(
        rows, need="need", received="received", budget="year", weights="household_size", clusters=need.village
    )


def by_township(need: Need, main: str) -> tuple[TownshipTargeting, ...]:
    """Return where the money of each township goes, none where the records name no township."""
    if need.township is None:
        return ()
    found = []
    for code, rows in need.rows.groupby(need.township, observed=True):
        here = Need(rows, need.kinds, need.village, need.township)
        paid = float((rows["received"] * rows["household_size"]).sum())
        gone = attempted("Targeting", partial(targeted, rows, need))
        found.append(TownshipTargeting(str(code), paid, gone, same_amount(main, here)))
    return tuple(found)


def floor_of(need: Need) -> Floor:
    """Return the floor that the subsidies of the last year could reach."""
    last = need.rows[need.rows["year"] == need.rows["year"].max()]
    return reachable_floor(
        last, income="own", paid="received", weights="household_size", clusters=need.village, seed=SEED
    )
