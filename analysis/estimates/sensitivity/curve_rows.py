"""Rows of a specification curve: specifications grouped by what they share, and each one estimated."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.estimates.regressors import Floats
from analysis.estimates.sensitivity.curve_columns import CurvePanel, transformed, trimmed, yuan_per_unit
from analysis.estimates.sensitivity.curve_fit import CurveDesign, Removed, design_of, removed_from
from analysis.estimates.sensitivity.specification_axes import Axes, Choice, Effects, Form
from analysis.faults import Fault, Faults

Row = dict[str, object]
OutcomeKey = tuple[str, str, str, Form]
NOTHING = dict.fromkeys(
    ("estimate", "std_error", "statistic", "p_value", "effect", "effect_low", "effect_high"), np.nan
)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Every column that some specification uses, as long as the panel, NaN where it does not exist."""

    levels: Mapping[OutcomeKey, Floats]
    outcomes: Mapping[OutcomeKey, Floats]
    doses: Mapping[str, Floats]
    controls: Mapping[str, tuple[Floats, ...]]

    def complete(self, choice: Choice) -> NDArray[np.bool_]:
        """Say of each row whether it has everything that one specification needs."""
        outcome = self.outcomes[outcome_key(choice)]
        needed = (outcome, self.doses[choice.dose], *self.controls[choice.controls])
        return np.logical_and.reduce([~np.isnan(column) for column in needed])


def outcome_key(choice: Choice) -> OutcomeKey:
    """Return what an outcome column depends on."""
    return (choice.sample, choice.outcome, choice.tails, choice.form)


def columns_of(panel: CurvePanel, axes: Axes, every: tuple[Choice, ...]) -> Columns:
    """Return the columns that the choices name; tails and shares are taken within each sample."""
    samples = {name: panel.rows(rows) for name, rows in axes.sample.items()}
    levels = {}
    for choice in every:
        inside = np.where(samples[choice.sample], panel.column(axes.outcome[choice.outcome]), np.nan)
        if np.isnan(inside).all():
            found = f"the sample {choice.sample!r} has no row with {axes.outcome[choice.outcome]!r}"
            raise Faults([Fault("axes.sample", found, "a sample with rows", "take it out, or widen it")])
        if outcome_key(choice) not in levels:
            levels[outcome_key(choice)] = trimmed(inside, choice.tails)
    return Columns(
        levels=levels,
        outcomes={key: transformed(values, key[3]) for key, values in levels.items()},
        doses={name: panel.dose(dose) for name, dose in axes.dose.items()},
        controls={
            name: tuple(panel.control(control) for control in controls)
            for name, controls in axes.controls.items()
        },
    )


def groups_of(columns: Columns, every: tuple[Choice, ...]) -> dict[tuple[bytes, Effects], list[Choice]]:
    """Return the choices by the rows (packed bits) and the effects that they share."""
    groups = defaultdict(list)
    for choice in every:
        groups[np.packbits(columns.complete(choice)).tobytes(), choice.effects].append(choice)
    return groups


def fit_group(
    panel: CurvePanel,
    packed: bytes,
    members: list[Choice],
    columns: Columns,
    axes: Axes,
    level: float,
) -> list[tuple[Row, Floats]]:
    """Return rows of the table and clusters' influences of specifications that share rows and effects."""
    mask = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=len(panel.frame))
    removed = removed_from(panel, np.flatnonzero(mask), members[0].effects)
    if isinstance(removed, str):
        counted = {"n_obs": 0, "n_nonpositive": 0, "n_clusters": 0, "n_treated_clusters": 0}
        nothing = np.full(panel.n_clusters, np.nan)
        return [(asdict(choice) | NOTHING | counted | {"note": removed}, nothing) for choice in members]
    designs: dict[tuple[str, str], CurveDesign | str] = {}
    found = []
    for choice in members:
        key = (choice.dose, choice.controls)
        if key not in designs:
            names = map(repr, axes.controls[choice.controls])
            controls = tuple(zip(names, columns.controls[choice.controls], strict=True))
            designs[key] = design_of(removed, (("dose", choice.dose), columns.doses[choice.dose]), controls)
        found.append(estimated(removed, designs[key], columns, choice, axes, level))
    return found


def estimated(
    removed: Removed, design: CurveDesign | str, columns: Columns, choice: Choice, axes: Axes, level: float
) -> tuple[Row, Floats]:
    """Return the row of one specification in the table, and its clusters' influences."""
    key = outcome_key(choice)
    row = asdict(choice) | {
        "n_obs": len(removed.rows),
        "n_nonpositive": int((columns.levels[key] <= 0).sum()) if choice.form == "log" else 0,
        "n_clusters": removed.n_clusters,
        "n_treated_clusters": removed.treated_clusters(columns.doses[choice.dose]),
    }
    if isinstance(design, str):
        return row | NOTHING | {"note": design}, np.full(removed.n_all_clusters, np.nan)
    influence, estimate = design.fit(removed.outcome(key, columns.outcomes[key]))
    error = float(np.sqrt(removed.factor(design.n_terms) * (influence**2).sum()))
    df = removed.n_clusters - 1
    scale = scale_of(removed, columns, choice, axes)
    reach = scale * float(stats.t.ppf(0.5 + level / 2, df)) * error
    return row | {
        "estimate": estimate,
        "std_error": error,
        "statistic": estimate / error,
        "p_value": float(2 * stats.t.sf(abs(estimate / error), df)),
        "effect": scale * estimate,
        "effect_low": scale * estimate - reach,
        "effect_high": scale * estimate + reach,
        "note": "",
    }, influence


def scale_of(removed: Removed, columns: Columns, choice: Choice, axes: Axes) -> float:
    """Return what turns the coefficient into the outcome's unit for each unit of the treatment's column."""
    values = columns.levels[outcome_key(choice)]
    scale = yuan_per_unit(values[removed.rows], choice.form, float(np.nanmean(values)))
    dose = axes.dose[choice.dose]
    return scale / removed.mean_dose(dose.column) if dose.take == "any" else scale
