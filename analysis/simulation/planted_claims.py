"""The figure of each claim as the process plants it, where it does."""

import numpy as np

from analysis.region import Region
from analysis.simulation.counties import KnownCounty
from analysis.simulation.planted_motivation import planted
from analysis.simulation.planted_path import planted_path
from analysis.simulation.planted_rigidity import planted_rigidity


def planted_claims(known: KnownCounty, region: Region) -> dict[str, float]:
    """Return planted figures by claim, in the units of `data/claims.yaml`."""
    rules, truth = known.county.setting.townships, known.county.truth
    answers = known.tables["township_questionnaire"].set_index("township_code")["stated_line"]
    official = region.line_by_year[region.settings.years.last]
    stated = answers.loc[list(rules.code)].to_numpy(dtype=float) / official
    return {
        "lines_differ": spread(rules.line_factor),
        "lines_unsaid": spread(rules.line_factor - stated),
        "spells_differ": spread(rules.minimum_spell),
        "multiples_differ": spread(rules.exit_multiple),
        "exits_december": truth.year_end_bunching,
        **planted(known),
        **planted_path(known, region),
        **planted_rigidity(known, region),
    }


def spread(values: np.ndarray) -> float:
    """Return the standard deviation between townships."""
    return float(np.std(values, ddof=1))
