"""Inflexible subsidies: response to need, amounts that stay, coverage, and what the money could reach."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.floor import Floor
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.targeting import Targeting
from analysis.panel.build import Panel
from analysis.problems.claims import Measured, measured_figure
from analysis.problems.coverage import Overlap, TakeUp, overlaps, take_up
from analysis.problems.need import Need, lacks, need_of
from analysis.problems.reach import TownshipTargeting, by_township, floor_of, targeted
from analysis.problems.same_amount import SameAmount, same_amount, stays_of
from analysis.problems.shock_response import ShockResponse, shock_response
from analysis.problems.withdrawal import Withdrawal, withdrawal
from analysis.region import Region

CLAIMS = ("rigid_amounts", "loss_uncovered", "gap_forgone")


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


def claims_of(found: Rigidity | NotApplicable) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim, or why there is none."""
    if isinstance(found, NotApplicable):
        return dict.fromkeys(CLAIMS, found)
    stays, gone = found.stays.share, found.targeting
    met = found.shocks if isinstance(found.shocks, NotApplicable) else found.shocks.met
    return {
        "rigid_amounts": stays
        if isinstance(stays, NotApplicable)
        else Measured(stays.value, stays.low, stays.high, stays.n),
        "loss_uncovered": met
        if isinstance(met, NotApplicable)
        else Measured(1 - met.estimate, 1 - met.conf_high, 1 - met.conf_low, met.n_obs),
        "gap_forgone": gone
        if isinstance(gone, NotApplicable)
        else measured_figure(gone.forgone, gone.forgone.n_obs),
    }
