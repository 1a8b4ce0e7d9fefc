"""A chapter of the paper: what it is made from, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.designs.kinds import InstrumentDesigns
from analysis.estimates.effects import Effects
from analysis.findings.drawings import Finding
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.simulation.record import SimulationRecord
from analysis.synthetic.known import Known


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the chapters are made from; without known truth `known` is None and `records` empty."""

    region: Region
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    panel: Panel
    effects: Effects
    designs: tuple[InstrumentDesigns, ...]
    known: Known | None
    records: Mapping[str, SimulationRecord | None]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a chapter gives.

    `lacking` has each of its features with the reason against it, empty where it is there; `texts` are words
    that follow from tests and records.
    """

    findings: tuple[Finding, ...]
    lacking: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
