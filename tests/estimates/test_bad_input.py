"""What an estimator cannot use it refuses, naming the column and a mend; nothing else goes wrong."""

import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from analysis.faults import Faults
from tests.estimates.every_estimator import CASES, Case, found, near

Table = pd.DataFrame
Change = Callable[[Table, str], Table]
TREATMENTS = ("dose", "adopted", "aid", "posts", "water", "takes")
NOT_IDLE = {"specification_curve", "change_of_dose", "placebo_cutoffs"}
"""A note in place of a number; levels beside changes of the treatment; a treatment that is not used."""
CONTROLLED = [name for name, case in CASES.items() if case.controls]


@pytest.fixture(autouse=True)
def warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "The inplace keyword")
        yield


def some(frame: Table, column: str, value: object, kind: type = float) -> Table:
    """The frame with a value in every ninth row of a column."""
    values = frame[column].astype(kind).where(np.arange(len(frame)) % 9 != 0, value)
    return frame.assign(**{column: values})


USELESS: dict[str, Change] = {
    "absent": lambda f, c: f.drop(columns=c),
    "there twice": lambda f, c: pd.concat([f, f[[c]]], axis=1),
}
NOT_NUMBERS: dict[str, Change] = {
    "text": lambda f, c: f.assign(**{c: f[c].astype(str) + " yuan"}),
    "dates": lambda f, c: f.assign(**{c: pd.Timestamp("2020-01-01")}),
    "infinite": lambda f, c: some(f, c, np.inf),
}
POOR_NUMBERS: dict[str, Change] = {
    "all missing": lambda f, c: f.assign(**{c: np.nan}),
    "some missing": lambda f, c: some(f, c, np.nan),
    "constant": lambda f, c: f.assign(**{c: 1.0}),
}
POOR_KEYS: dict[str, Change] = {
    "some missing": lambda f, c: some(f, c, None, object),
    "one value": lambda f, c: f.assign(**{c: 1}),
    "one a row": lambda f, c: f.assign(**{c: np.arange(len(f)) if c != "year" else f[c]}),
    "numbers and text": lambda f, c: some(f, c, 7, object),
}
POOR_TABLES: dict[str, Callable[[Table], Table]] = {
    "one row": lambda f: f.iloc[[3]],
    "every row twice": lambda f: pd.concat([f, f]),
    "one period": lambda f: f[f["year"] == 2012] if "year" in f else f.iloc[:40],
    "a period missing": lambda f: f[f["year"] != 2013] if "year" in f else f.iloc[:80],
    "one village": lambda f: f[f["village"] == f["village"].iloc[30]],
    "two villages": lambda f: f[f["village"].isin(f["village"].unique()[1:3])],
}
IDLE_CONTROLS: dict[str, Callable[[Table, Case], pd.Series]] = {
    "constant": lambda f, case: pd.Series(1.0, f.index),
    "a copy": lambda f, case: 2 * f["x"],
    "the treatment in other units": lambda f, case: 2 * f[treatment_of(case)] + 1,
}


@lru_cache
def without(name: str) -> np.ndarray:
    """The numbers of a case with one control."""
    return found(CASES[name], CASES[name].frame, controls=("x",))


def treatment_of(case: Case) -> str:
    """The treatment, or another control where it has none of its own."""
    return next((column for column in TREATMENTS if column in case.numbers), "x")


@pytest.mark.parametrize("bad", [*USELESS, *NOT_NUMBERS])
@pytest.mark.parametrize("name", CASES)
def test_a_column_that_cannot_be_used_is_named_with_a_mend(name, bad):
    case = CASES[name]
    columns = case.numbers if bad in NOT_NUMBERS else (*case.numbers, *case.keys)
    for column in columns:
        with pytest.raises(Faults) as refused:
            case((USELESS | NOT_NUMBERS)[bad](case.frame, column))
        assert any(repr(column) in fault.where and fault.mend for fault in refused.value.faults)


@pytest.mark.parametrize("name", CASES)
def test_a_table_without_rows_is_refused(name):
    with pytest.raises(Faults):
        CASES[name](CASES[name].frame.iloc[:0])


def is_used_or_refused(case: Case, frame: Table) -> bool:
    """Say whether the case returns, or refuses with a mend; warnings and other errors fail."""
    try:
        case(frame)
    except Faults as refused:
        return all(fault.mend for fault in refused.faults)
    return True


@pytest.mark.parametrize("poor", POOR_NUMBERS)
@pytest.mark.parametrize("name", CASES)
def test_poor_numbers_are_used_or_refused(name, poor):
    case = CASES[name]
    for column in case.numbers[:2]:
        assert is_used_or_refused(case, POOR_NUMBERS[poor](case.frame, column))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.money])
def test_incomes_below_zero_are_used_or_refused(name):
    case = CASES[name]
    assert is_used_or_refused(case, case.frame.assign(**{case.money[0]: -case.frame[case.money[0]]}))


@pytest.mark.parametrize("poor", POOR_KEYS)
@pytest.mark.parametrize("name", CASES)
def test_poor_keys_are_used_or_refused(name, poor):
    case = CASES[name]
    for column in case.keys:
        assert is_used_or_refused(case, POOR_KEYS[poor](case.frame, column))


@pytest.mark.parametrize("poor", POOR_TABLES)
@pytest.mark.parametrize("name", CASES)
def test_poor_tables_are_used_or_refused(name, poor):
    assert is_used_or_refused(CASES[name], POOR_TABLES[poor](CASES[name].frame))


@pytest.mark.parametrize(
    "name", sorted({*CONTROLLED} - {"placebo_outcomes", "marginal_structural", "fit_hazard"})
)
def test_a_column_in_two_parts_is_refused(name):
    case = CASES[name]
    for controls in (("x", "x"), ("x", case.numbers[0])):
        with pytest.raises(Faults, match=repr(controls[1])):
            case(case.frame, controls=controls)


@pytest.mark.parametrize("idle", IDLE_CONTROLS)
@pytest.mark.parametrize("name", sorted({*CONTROLLED} - NOT_IDLE))
def test_a_control_that_adds_nothing_is_refused_or_changes_nothing(name, idle):
    case, frame = CASES[name], CASES[name].frame
    frame = frame.assign(idle=IDLE_CONTROLS[idle](frame, case))
    try:
        with_idle = found(case, frame, controls=("x", "idle"))
    except Faults:
        return
    assert near(with_idle, without(name)).all()
