"""The effect of a post by the schedule of its first term: whose term is longer is as good as random."""

from dataclasses import replace

import pandas as pd

from analysis.estimates.column_checks import plain, unknown_columns
from analysis.estimates.panel_sample import complete_rows
from analysis.estimates.switching.instrumented import InstrumentedEffect, instrumented
from analysis.faults import Faults


def term_expiry(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    scheduled: str,
    cohort: str,
    entity: str,
    period: str,
    clusters: str,
    strata: tuple[str, ...] = (),
    controls: tuple[str, ...] = (),
    level: float = 0.95,
) -> InstrumentedEffect:
    """Return the effect of the actual dose, instrumented by the dose that the first term scheduled.

    `y_it = b d_it + a_i + c_{s(i) t} + e_it` with `d_it` instrumented by `z_it`: households that began a
    term in the same `cohort` (and the same `strata`) are compared in the same year, those whose term
    still runs with those whose term has expired. It asks that the length is as good as random among
    them, and that it acts through the dose of the same year alone. `dose`, `scheduled` are post-years
    (`scheduled_terms` makes the columns), the effect is in units of the outcome per post-year, averaged
    with weights that grow with how far the schedule moves a household's dose. Rows without a schedule
    are dropped and counted; rows before the start may be given: they hold no post, and sharpen the
    household effects. Imbens and Angrist (1994). Raises `Faults` as `instrumented` does.
    """
    frame = plain(frame)
    if faults := unknown_columns(frame, (cohort,)):
        raise Faults(faults)
    rows, without_term = complete_rows(frame, (cohort,))
    found = instrumented(
        rows,
        outcome=outcome,
        dose=dose,
        instrument=scheduled,
        effects=((entity,), (cohort, *strata, period)),
        clusters=clusters,
        entity=entity,
        controls=controls,
        level=level,
    )
    return replace(found, dropped=(*without_term, *found.dropped))
