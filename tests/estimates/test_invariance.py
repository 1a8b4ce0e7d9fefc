"""What an estimator finds does not depend on how the same table is written down."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from tests.estimates.every_estimator import CASES, found, near

Table = pd.DataFrame
PLACES = ["unit", "village", "town"]
SAID_YES = ["able", "adopted", "held", "poor", "takes", "aided", "seen"]


@pytest.fixture(scope="module")
def plain() -> dict[str, np.ndarray]:
    return {name: found(case, case.frame) for name, case in CASES.items()}


def of(frame: Table, columns: list[str], change: Callable[[pd.Series], object]) -> Table:
    return frame.assign(**{column: change(frame[column]) for column in columns if column in frame})


def keys_of(frame: Table) -> list[str]:
    return [column for column in ("unit", "year") if column in frame]


WRITTEN: dict[str, Callable[[Table], Table]] = {
    "nullable types, keys in the index": lambda f: f.convert_dtypes().set_index(keys_of(f)),
    "Arrow types": lambda f: f.convert_dtypes(dtype_backend="pyarrow"),
    "an index named like columns": lambda f: f.set_index(keys_of(f), drop=False),
    "categories, some of them unused": lambda f: of(
        f, PLACES, lambda c: pd.Categorical(c, ["", *sorted(c.unique())])
    ),
    "true and false, one label for all rows": lambda f: of(f, SAID_YES, lambda c: c.astype(bool)).set_axis(
        np.zeros(len(f), dtype=int)
    ),
}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("name", CASES)
def test_a_table_may_be_written_in_any_way(plain, name, written):
    case = CASES[name]
    assert near(found(case, WRITTEN[written](case.frame)), plain[name]).all()


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_rows_does_not_matter(plain, name):
    case = CASES[name]
    shuffled = found(case, case.frame.sample(frac=1, random_state=3))
    assert near(np.sort(shuffled), np.sort(plain[name])).all()


def other_name(column: str) -> str:
    """Names that estimators use themselves for other things, or of another script, with digits and blanks."""
    names = {"unit": "period", "year": "entity", "village": "cells", "town": "clusters", "y": "weight"}
    return names.get(column, f"2015 年 {column} (元)")


@pytest.mark.parametrize("name", CASES)
def test_columns_may_have_any_name(plain, name):
    case = CASES[name]
    renamed = case.frame.rename(columns=other_name)
    assert near(found(case, renamed, other_name), plain[name]).all()


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.money])
def test_in_another_currency_a_number_is_the_same_scales_or_scales_squared(plain, name):
    case = CASES[name]
    scaled = found(case, of(case.frame, case.money, lambda c: 8 * c))
    assert (near(scaled, plain[name]) | near(scaled, 8 * plain[name]) | near(scaled, 64 * plain[name])).all()


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.money and case.shifts])
def test_the_same_sum_added_to_all_incomes_changes_nothing(plain, name):
    case = CASES[name]
    assert near(found(case, of(case.frame, case.money, lambda c: c + 5)), plain[name]).all()
