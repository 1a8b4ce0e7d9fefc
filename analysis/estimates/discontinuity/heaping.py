"""How many rows are written down at round values, or at the cutoff itself."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.discontinuity.density import scores_of
from analysis.estimates.results import Dropped
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Heaping:
    """Shares of rows on round values and at the cutoff; `expected_*` are those without heaping.

    `n_at_cutoff` rows lie within `reach` of the cutoff; expected are as many as in two neighbouring
    bands of the same width, half of each counted.
    """

    running: str
    multiple: float
    share_round: float
    expected_round: float
    n_at_cutoff: int
    expected_at_cutoff: float
    reach: float
    n_obs: int
    dropped: tuple[Dropped, ...]


def heaping(
    frame: pd.DataFrame, *, running: str, multiple: float, grain: float, cutoff: float, reach: float
) -> Heaping:
    """Return how much of the mass sits on multiples of `multiple` and within `reach` of the cutoff.

    `grain` is the unit in which values are written, so that `grain / multiple` of them would be round
    by chance. Raises `Faults` if `multiple` is no multiple of `grain`, or one of them is not positive.
    """
    values, dropped = scores_of(frame, running)
    parts = multiple / grain if grain > 0 else np.nan
    if not (parts > 1 and np.isclose(parts, np.rint(parts)) and reach > 0):
        mend = "e.g. multiple=100, grain=1, reach=10 for whole yuan"
        found = f"multiple {multiple}, grain {grain}, reach {reach}"
        raise Faults([Fault("heaping", found, "positive, multiple a multiple of grain", mend)])
    distance = np.abs(values - cutoff)
    beyond = (distance > reach) & (distance <= 3 * reach)
    return Heaping(
        running=running,
        multiple=multiple,
        share_round=float((np.abs(values / multiple - np.rint(values / multiple)) < 1e-9).mean()),
        expected_round=float(grain / multiple),
        n_at_cutoff=int((distance <= reach).sum()),
        expected_at_cutoff=float(beyond.sum() / 2),
        reach=reach,
        n_obs=len(values),
        dropped=dropped,
    )
