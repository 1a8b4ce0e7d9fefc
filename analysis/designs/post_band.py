"""The band of post funds in a region: its range or the reason against one, or why it cannot be looked for."""

from analysis.designs.attempts import not_applicable
from analysis.designs.band import FUNDS, PAY, fit_band
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.threshold.band import Band
from analysis.faults import Faults
from analysis.panel.build import Panel
from analysis.region import Region

NAME = "band of post funds"
DRAWS = 299
SEED = 20200104


def estimate_band(panel: Panel, region: Region) -> Band | NotApplicable:
    """Return the band of post funds by village, or what the records lack for it."""
    cost = region.settings.public_cost
    if cost is None:
        return NotApplicable(NAME, "the region's file gives no public cost of a yuan of pay")
    if not {PAY, FUNDS} <= set(panel.study) or panel.fine_cluster is None:
        return NotApplicable(NAME, "the records do not hold pay from posts and the funds of each village")
    try:
        return fit_band(panel.study, panel, cost.per_yuan, draws=DRAWS, seed=SEED)
    except Faults as faults:
        return not_applicable(NAME, faults)
