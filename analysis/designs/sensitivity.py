"""What is held against the effect of each instrument, part by part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.sensitivity_bias import exits, placebo_outcomes, selection
from analysis.designs.sensitivity_curve import curve_threats, declared_curve
from analysis.designs.sensitivity_kinds import Part, Sensitivity, Tried, tried
from analysis.designs.sensitivity_paths import trends
from analysis.designs.sensitivity_townships import (
    ByTownship,
    by_township,
    regression_without,
    township_inference,
)
from analysis.designs.sensitivity_without import without_townships
from analysis.estimates.effects import Effects
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.sensitivity.specification_axes import declared_axes
from analysis.estimates.sensitivity.specification_curve import SpecificationCurve
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import Instrument

MEMBERS = {"household_id", "left_year", "left_reason"}
CURVE = "Specification curve"
DECLARED = Path("data") / "specifications.yaml"


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One instrument's designs with all that the threats are computed from."""

    designs: InstrumentDesigns
    panel: Panel
    tables: Mapping[str, pd.DataFrame]
    effects: Effects
    towns: ByTownship
    region: Region

    @property
    def instrument(self) -> Instrument:
        """The instrument whose effect is held."""
        return self.designs.instrument


def estimate_sensitivity(
    panel: Panel,
    tables: Mapping[str, pd.DataFrame],
    effects: Effects,
    designs: tuple[InstrumentDesigns, ...],
    region: Region,
) -> tuple[Sensitivity, ...]:
    """Return what is held against the effect of each instrument; nothing where no township is recorded."""
    if panel.coarse_cluster is None or panel.fine_cluster is None:
        return ()
    towns = by_township(panel, effects)
    return tuple(sensitivity_of(Held(of, panel, tables, effects, towns, region)) for of in designs)


def sensitivity_of(held: Held) -> Sensitivity:
    """Return all that is held against the effect of one instrument."""
    curve = curve_of(held.instrument, held.panel, held.region.root / DECLARED)
    primary = held.designs.primary
    return Sensitivity(
        held.instrument,
        (*parts_of(held), curve_part(curve)),
        curve,
        None if primary is None else primary.estimate,
        held.effects.headline,
    )


def parts_of(held: Held) -> Iterator[Part]:
    """Yield the parts besides the specification curve."""
    instrument, panel, effects = held.instrument, held.panel, held.effects
    yield Part(
        "Townships",
        (
            *tried(
                "Primary design without one township",
                lambda: without_townships(held.designs, panel, held.tables, held.region),
            ),
            *tried(
                "Panel regression without one township",
                lambda: regression_without(instrument, held.towns, held.region),
            ),
            *tried(
                "Inference over townships",
                lambda: township_inference(instrument, held.towns),
            ),
        ),
    )
    yield Part(
        "What is not observed", tried("Unobserved selection", lambda: selection(instrument, panel, effects))
    )
    yield Part(
        "What must be zero",
        tried("Effect on pensions", lambda: placebo_outcomes(held.designs, panel, held.tables, effects)),
    )
    yield Part(
        "Trends", tried("Trends before the event", lambda: trends(held.designs, panel, held.tables, effects))
    )
    yield Part("Exits", tried("Bounds for exits", lambda: exits_of(held)))


def exits_of(held: Held) -> Tried:
    """Return the bounds for exits, or why the records allow none."""
    if "members" not in held.tables or not set(held.tables["members"]) >= MEMBERS:
        return (NotApplicable("Bounds for exits", "the records do not say why households leave"),)
    return exits(held.instrument, held.panel, held.tables["members"])


def curve_of(instrument: Instrument, panel: Panel, declared: Path) -> SpecificationCurve | NotApplicable:
    """Return the declared curve of an instrument, or why there is none for these records."""
    if not declared.is_file():
        return NotApplicable(CURVE, "no specifications are declared")
    axes = declared_axes(declared, instrument)
    return attempted(CURVE, lambda: declared_curve(axes, panel))


def curve_part(curve: SpecificationCurve | NotApplicable) -> Part:
    """Return what the specifications agree on."""
    if isinstance(curve, NotApplicable):
        return Part("Specifications", (curve,))
    return Part("Specifications", tried(CURVE, lambda: curve_threats(curve)))
