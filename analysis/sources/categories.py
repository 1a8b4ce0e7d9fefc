"""Text to the codes of a category."""

from collections.abc import Mapping

import pandas as pd

from analysis.codebook import Variable
from analysis.faults import did_you_mean
from analysis.sources.headers import Column
from analysis.sources.values import Typed, empty_faults, filled, if_nothing, report


def read_category(column: Column) -> Typed:
    """Return the column as a categorical of the codebook's codes, in the codebook's order."""
    codes = codes_by_text(column.variable)
    allowed = ", ".join(value.zh for value in column.variable.values.values())
    cells = labelled(filled(column), column.labels, codes)
    known = cells.isin(codes)
    faults = empty_faults(column, allowed)
    faults += report(column, cells[~known], allowed, lambda text: mend_category(column, text))
    coded = cells[known].map(codes).reindex(column.cells.index)
    categories = pd.CategoricalDtype(list(column.variable.values))
    return Typed(coded.astype(categories), tuple(faults))


def labelled(cells: pd.Series, labels: Mapping[str, str], codes: Mapping[str, str]) -> pd.Series:
    """Return the cells with a value label in place of each stored code that is not itself a known text."""
    unknown = ~cells.isin(codes) & cells.isin(labels)
    return cells.mask(unknown, cells.map(labels))


def codes_by_text(variable: Variable) -> Mapping[str, str]:
    """Return the code of each text that stands for it: its labels, and the code itself, which comes first."""
    labels = {label: code for code, value in variable.values.items() for label in (value.en, value.zh)}
    return labels | {code: code for code in variable.values}


def mend_category(column: Column, text: str) -> str:
    """Return how to mend an unknown category."""
    labels = [value.zh for value in column.variable.values.values()]
    return if_nothing(column, text) or did_you_mean(text, labels)
