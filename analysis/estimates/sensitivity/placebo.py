"""Effects that must be zero: on outcomes that treatment cannot change, and before treatment began."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_checks import varies_within
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Dropped, Estimate, Fit
from analysis.faults import Fault, Faults

PLACEBO = "placebo treatment"


@dataclass(frozen=True, slots=True)
class Placebo:
    """One estimate that must be zero: `name` is the outcome, or the periods by which treatment is moved."""

    name: str
    estimate: Estimate
    dropped: tuple[Dropped, ...]


def tidy(placebos: Sequence[Placebo]) -> pd.DataFrame:
    """Return one row a placebo: `placebo` and the fields of `Estimate`."""
    return pd.DataFrame([{"placebo": found.name} | asdict(found.estimate) for found in placebos])


def placebo_of(name: str, fit: Fit, term: str, frame: pd.DataFrame, clusters: str | None) -> Placebo:
    """Return the estimate of one term of a fit, with the number of clusters of `frame` ever treated."""
    if term not in fit.terms:
        reasons = "; ".join(f"{omitted.term}: {omitted.reason}" for omitted in fit.omitted)
        raise Faults(
            [Fault(where(term), f"left out ({reasons})", "a treatment that varies", "use fewer effects")]
        )
    estimate = fit.estimate(term)
    if clusters is not None:
        treated = int(frame.loc[frame[term].notna() & frame[term].ne(0), clusters].nunique())
        estimate = replace(estimate, n_treated_clusters=treated)
    return Placebo(name, estimate, fit.dropped)


def placebo_outcomes(
    frame: pd.DataFrame,
    outcomes: Sequence[str],
    design: PanelDesign,
    *,
    specification: Specification = HOUSEHOLD_YEAR,
) -> tuple[Placebo, ...]:
    """Return the effect of the first treatment on each outcome that it cannot change, by `fit_panel`.

    Each regression leaves the outcome itself out of its controls. Raises `Faults` as `fit_panel`
    does, and for an outcome that household effects absorb.
    """
    frame = plain(frame)
    faults = column_faults(frame, outcomes, (design.entity,))
    if not faults:
        span = frame[design.entity] if specification.household == "fixed" else pd.Series(0, frame.index)
        faults = [
            Fault(where(name), "no variation within any entity", "an outcome that changes", "leave it out")
            for name in outcomes
            if not varies_within(frame[name], span)
        ]
    if not outcomes:
        faults.append(Fault("outcomes", "none", "one column or more", "name an outcome"))
    if faults:
        raise Faults(faults)
    found = []
    for outcome in outcomes:
        controls = tuple(name for name in design.controls if name != outcome)
        alone = PanelDesign(
            entity=design.entity,
            period=design.period,
            treatments=design.treatments,
            controls=controls,
            clusters=design.clusters,
            group=design.group,
        )
        fit = fit_panel(frame, outcome, alone, specification)
        found.append(placebo_of(outcome, fit, design.treatments[0], frame, design.clusters))
    return tuple(found)


def check_dates(
    frame: pd.DataFrame, entity: str, period: str, first_treated: str, moved: Sequence[int]
) -> None:
    """Raise `Faults` for dates that are no numbers and for treatment moved to later."""
    faults = column_faults(frame, (first_treated, period), (entity,), once=(entity, period))
    faults += [
        Fault("moved", f"{k}", "1 or more periods", "move treatment earlier, not later")
        for k in moved
        if k < 1
    ]
    if PLACEBO in frame:
        faults.append(Fault(where(PLACEBO), "the name is that of the placebo", "another name", "rename it"))
    if faults:
        raise Faults(faults)


def placebo_dates(
    frame: pd.DataFrame,
    outcome: str,
    *,
    entity: str,
    period: str,
    first_treated: str,
    moved: Sequence[int],
    clusters: str | None,
    controls: tuple[str, ...] = (),
    group: str | None = None,
    specification: Specification = HOUSEHOLD_YEAR,
) -> tuple[Placebo, ...]:
    """Return the effect of a treatment moved some periods earlier, on rows that are not yet treated.

    `first_treated` is the first treated period, missing for the never treated; for each k of
    `moved` the regression is `y_it = b 1[t >= first_i - k] + effects + e_it` on rows with
    `t < first_i`. Raises `Faults` as `fit_panel` does, for k below 1, and where no row is moved into
    treatment.
    """
    frame = plain(frame)
    check_dates(frame, entity, period, first_treated, moved)
    first = frame[first_treated].astype("float64")
    untreated = first.isna() | (frame[period] < first)
    rows = frame[untreated]
    n_treated = int((~untreated).sum())
    design = PanelDesign(entity, period, (PLACEBO,), controls, clusters, group)
    found = []
    for k in moved:
        early = rows.assign(**{PLACEBO: (rows[period] >= first[untreated] - k).astype("float64")})
        if not early[PLACEBO].any():
            place = f"panel, columns {period!r} and {first_treated!r}"
            raise Faults(
                [Fault(place, f"no row within {k} period(s) before treatment", "some", "see `moved`")]
            )
        fit = fit_panel(early, outcome, design, specification)
        one = placebo_of(f"{k} earlier", fit, PLACEBO, early, clusters)
        found.append(Placebo(one.name, one.estimate, (Dropped("treated", n_treated), *one.dropped)))
    return tuple(found)
