"""The figures of all claims of one region."""

from collections.abc import Mapping

import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.panel.build import Panel
from analysis.problems import exit as exits
from analysis.problems import inclusion, path, rigidity
from analysis.problems.claims import Measured
from analysis.problems.motivation import measure_motivation
from analysis.problems.motivation_claims import claims_of
from analysis.region import Region


def measured_claims(
    panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region
) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim with its interval, or why there is none."""
    return {
        **inclusion.claims_of(inclusion.measure_inclusion(panel, tables, region)),
        **exits.claims_of(exits.measure_exit(panel, tables, region)),
        **claims_of(measure_motivation(panel, tables, region)),
        **path.claims_of(path.measure_path(panel, tables, region)),
        **rigidity.claims_of(rigidity.measure_rigidity(panel, tables, region)),
    }
