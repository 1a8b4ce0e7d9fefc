"""Net yuan in the household's hands per public yuan, by the primary design of each instrument."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.posts import fit_schedule, with_schedule
from analysis.designs.project_doses import TEN_THOUSAND, with_doses
from analysis.designs.projects import impute
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.need_based.partial_transfers import (
    PartialTransfer,
    covariance_of,
    fixed_payment,
    net_per_public_yuan,
)
from analysis.estimates.results import Estimate
from analysis.panel.build import Panel
from analysis.panel.income import OWN_PAYMENT
from analysis.region import Region
from analysis.region_file import Instrument

NO_ADMINISTRATION = 0.0
"""The records hold no cost of administration and supervision: figures are before them."""


@dataclass(frozen=True, slots=True)
class Net:
    """Net yuan per yuan of one kind of public money, which `per` names."""

    instrument: Instrument
    per: str
    found: PartialTransfer


def estimate_net(
    panel: Panel,
    tables: Mapping[str, pd.DataFrame],
    designs: tuple[InstrumentDesigns, ...],
    region: Region,
) -> tuple[Net, ...] | NotApplicable:
    """Return net yuan by instrument, or what keeps these records from it."""
    return attempted("Net yuan", lambda: tuple(net_transfers(panel, tables, designs, region)))


def net_transfers(
    panel: Panel,
    tables: Mapping[str, pd.DataFrame],
    designs: tuple[InstrumentDesigns, ...],
    region: Region,
) -> Iterator[Net]:
    """Yield net yuan per yuan of instruments with a primary design, of projects also per yuan invested."""
    for of in designs:
        if of.primary is None:
            continue
        total = of.primary.estimate
        match of.instrument:
            case "subsidies":
                yield Net("subsidies", "paid", per_yuan(total))
            case "posts":
                rows = with_schedule(panel.study, tables["posts"])
                payment = fit_schedule(rows, OWN_PAYMENT["posts"], panel).effect
                yield Net("posts", "paid", paid(of, "term_without", payment))
            case "projects":
                payment = impute(panel.study, panel, OWN_PAYMENT["projects"]).overall
                yield Net("projects", "paid", paid(of, "imputed_without", payment))
                yield Net("projects", "invested", per_yuan(total, invested(panel, tables, region)))


def per_yuan(total: Estimate, payment: float = 1.0) -> PartialTransfer:
    """Return the transfer where the public yuan per unit of treatment are known."""
    return net_per_public_yuan(total, fixed_payment(total, payment), 0.0, NO_ADMINISTRATION)


def paid(designs: InstrumentDesigns, without: str, payment: Estimate) -> PartialTransfer:
    """Return the transfer with an estimated payment, by the primary design and its twin without the pay."""
    by_key = {found.key: found.estimate for found in designs.estimates}
    assert designs.primary is not None
    total = designs.primary.estimate
    covariance = covariance_of(total, payment, by_key[without])
    return net_per_public_yuan(total, payment, covariance, NO_ADMINISTRATION)


def invested(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> float:
    """Return mean investment per member of reached households, yuan of the base year."""
    rows = with_doses(panel.study, tables, region)
    reached = rows[rows["projects"] == 1]
    return float(TEN_THOUSAND * (reached["invested"] / reached["household_size"]).mean())
