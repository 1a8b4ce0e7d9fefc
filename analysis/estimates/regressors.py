"""Regressors of pooled and random-effects regressions: constant, terms, period dummies, means."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimates.panel_sample import PanelSample
from analysis.estimates.results import Omitted
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults

Floats = NDArray[np.float64]
CONSTANT = "const"
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Regressors:
    """A matrix n by k, which of its columns are reported, and what was left out of it."""

    matrix: pd.DataFrame
    reported: tuple[str, ...]
    omitted: tuple[Omitted, ...]


def mean_name(term: str) -> str:
    """Return the name of a term's household mean."""
    return f"mean({term})"


def entity_means(values: Floats, entity: Codes) -> Floats:
    """Return each row's entity mean, n by k, for values n by k and codes n."""
    count = np.bincount(entity)
    sums = np.column_stack([np.bincount(entity, column) for column in values.T])
    return (sums / count[:, None])[entity]


def dummies(codes: Codes, label: str) -> pd.DataFrame:
    """Return indicators of all levels but the first, n by levels - 1, columns `label[level]`."""
    found = np.arange(1, codes.max() + 1)
    matrix = (codes[:, None] == found[None, :]).astype("float64")
    return pd.DataFrame(matrix, columns=[f"{label}[{level}]" for level in found])


def lengths(matrix: Floats) -> Floats:
    """Return the Euclidean norm of each column, 1 for a column of zeros."""
    norms = np.linalg.norm(matrix, axis=0)
    return np.where(norms > 0, norms, 1.0)


def independent(matrix: Floats, scale: Floats) -> NDArray[np.bool_]:
    """Say of each column whether it is linearly independent of those before it.

    `scale` holds the norms against which a remainder counts as zero, one a column. Gram-Schmidt on
    the k by k triangle of a QR decomposition, whose columns depend on each other as the n-vectors do.
    """
    triangle = np.asarray(np.linalg.qr(matrix / scale, mode="r"))
    basis = np.empty((len(triangle), 0))
    kept = np.zeros(matrix.shape[1], dtype=np.bool_)
    for position, column in enumerate(triangle.T):
        once = column - basis @ (basis.T @ column)
        remainder = once - basis @ (basis.T @ once)
        norm = np.linalg.norm(remainder)
        if norm > TOLERANCE:
            basis = np.column_stack([basis, remainder / norm])
            kept[position] = True
    return kept


def refuse_reserved(matrix: pd.DataFrame) -> None:
    """Raise `Faults` naming the terms that are called like a column that the regression adds."""
    faults = [
        Fault(
            f"panel, column {column!r}", "the name is that of an added regressor", "another name", "rename it"
        )
        for column in matrix.columns[matrix.columns.duplicated()]
    ]
    if faults:
        raise Faults(faults)


def refuse_collinear(matrix: pd.DataFrame, required: tuple[str, ...]) -> None:
    """Raise `Faults` naming the required columns that are sums of the columns before them."""
    kept = independent(matrix.to_numpy(), lengths(matrix.to_numpy()))
    faults = [
        Fault(
            f"panel, column {column!r}",
            "collinear with the other regressors",
            "regressors of which none is a combination of the others",
            "leave one of them out",
        )
        for column, is_kept in zip(matrix.columns, kept, strict=True)
        if not is_kept and column in required
    ]
    if faults:
        raise Faults(faults)


def with_means(matrix: pd.DataFrame, sample: PanelSample) -> Regressors:
    """Return the regressors of Mundlak (1978): the matrix, and household means of its columns.

    Means of period dummies enter too, so that the coefficients within households are those of
    fixed effects in unbalanced panels also (Wooldridge 2019). A mean that adds nothing (of a
    column constant in time) is omitted, with its reason.
    """
    changing = matrix.drop(columns=CONSTANT)
    means = pd.DataFrame(
        entity_means(changing.to_numpy(), sample.entity),
        columns=[mean_name(column) for column in changing.columns],
    )
    whole = pd.concat([matrix, means], axis=1)
    kept = independent(whole.to_numpy(), lengths(whole.to_numpy()))
    terms = sample.design.terms
    named = {mean_name(term) for term in terms}
    left_out = [column for column, is_kept in zip(whole.columns, kept, strict=True) if not is_kept]
    return Regressors(
        matrix=whole.drop(columns=left_out),
        reported=(CONSTANT, *terms, *(c for c in means.columns if c in named and c not in left_out)),
        omitted=tuple(
            Omitted(column, "does not differ from the regressors already there")
            for column in left_out
            if column in named
        ),
    )


def regressors(sample: PanelSample) -> Regressors:
    """Return the regressors of a specification that does not remove household effects."""
    parts = [pd.DataFrame({CONSTANT: np.ones(sample.n_obs)})]
    if sample.specification.period == "common":
        parts.append(dummies(sample.period, "period"))
    if sample.cells is not None:
        parts.append(dummies(sample.cells, "cell"))
    terms = sample.values[list(sample.design.terms)].reset_index(drop=True)
    matrix = pd.concat([*parts, terms], axis=1)
    refuse_reserved(matrix)
    refuse_collinear(matrix, sample.design.terms)
    if sample.specification.household == "correlated":
        return with_means(matrix, sample)
    return Regressors(matrix, (CONSTANT, *sample.design.terms), ())
