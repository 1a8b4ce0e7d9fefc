"""The set of specifications of one effect, declared before any of them is estimated."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal, get_args

from analysis.faults import Fault, Faults, did_you_mean
from analysis.settings import Settings, parse_settings, read_settings

Form = Literal["level", "share of mean", "asinh", "log"]
Tails = Literal["kept", "winsorised 1%", "winsorised 5%", "trimmed 1%"]
Take = Literal["level", "any", "lag"]
Effects = Literal["pooled", "pooled_group_year", "household", "household_year", "household_group_year"]
Axis = Literal["outcome", "form", "tails", "dose", "effects", "controls", "sample"]
AXES: tuple[Axis, ...] = get_args(Axis)
LEAST = 200


class Dose(Settings):
    """The treatment as a column takes it: its level, whether it is different from 0, or the year before's."""

    column: str
    take: Take = "level"


class Lag(Settings):
    """A control taken from the period before."""

    lag: str


class Rows(Settings):
    """Which rows are used: without some values, with at least some, of entities seen in all periods."""

    without: dict[str, tuple[str | int | float, ...]] = {}
    at_least: dict[str, float] = {}
    balanced: bool = False


class LeftOut(Settings):
    """Combinations that are not run, with the reason: every axis named takes one of the values named."""

    because: str
    outcome: tuple[str, ...] = ()
    form: tuple[Form, ...] = ()
    tails: tuple[Tails, ...] = ()
    dose: tuple[str, ...] = ()
    effects: tuple[Effects, ...] = ()
    controls: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()


class Axes(Settings):
    """What may be chosen on each axis; the specifications are all combinations that are not left out.

    `outcome` names columns by concept, `controls` sets of columns, `sample` sets of rows.
    """

    unit: str
    outcome: dict[str, str]
    form: tuple[Form, ...]
    tails: tuple[Tails, ...]
    dose: dict[str, Dose]
    effects: tuple[Effects, ...]
    controls: dict[str, tuple[str | Lag, ...]]
    sample: dict[str, Rows]
    leave_out: tuple[LeftOut, ...] = ()


class Declared(Settings):
    """The content of the file: the axes of each instrument."""

    instruments: dict[str, Axes]


@dataclass(frozen=True, slots=True)
class Choice:
    """One specification: its value on each axis."""

    outcome: str
    form: Form
    tails: Tails
    dose: str
    effects: Effects
    controls: str
    sample: str


def is_left_out(choice: Choice, rule: LeftOut) -> bool:
    """Say whether a rule leaves this choice out."""
    named = [axis for axis in AXES if getattr(rule, axis)]
    return all(getattr(choice, axis) in getattr(rule, axis) for axis in named)


def choices(axes: Axes) -> tuple[Choice, ...]:
    """Return every specification that is not left out, the last axis moving fastest."""
    combined = product(*(tuple(getattr(axes, axis)) for axis in AXES))
    every = (Choice(*values) for values in combined)
    return tuple(choice for choice in every if not any(is_left_out(choice, rule) for rule in axes.leave_out))


def axes_faults(where: str, axes: Axes) -> Iterator[Fault]:
    """Yield a fault for each empty axis, each value given twice, and each unknown value of `leave_out`."""
    for axis in AXES:
        values: Sequence[str] = tuple(getattr(axes, axis))
        if not values or len(set(values)) < len(values):
            found = "nothing to choose" if not values else "a value given twice"
            yield Fault(f"{where}.{axis}", found, "one value or more, each once", "change the list")
        for position, rule in enumerate(axes.leave_out):
            for value in getattr(rule, axis):
                if value not in values:
                    place = f"{where}.leave_out.{position}.{axis}"
                    yield Fault(
                        place, f"unknown value {value!r}", ", ".join(values), did_you_mean(value, values)
                    )
    for position, rule in enumerate(axes.leave_out):
        if not any(getattr(rule, axis) for axis in AXES):
            place = f"{where}.leave_out.{position}"
            yield Fault(place, "no axis is named", "one axis or more", "name what is left out")


def as_axes(content: object, where: str = "axes") -> Axes:
    """Return a mapping of the form of the file as axes; raises `Faults` for an unknown axis or value."""
    axes = parse_settings(where, content, Axes)
    if faults := list(axes_faults(where, axes)):
        raise Faults(faults)
    return axes


def declared_axes(path: Path, instrument: str) -> Axes:
    """Return the axes that the file declares for one instrument.

    Raises `Faults` for an unknown instrument, axis or value, and for fewer than 200 specifications of
    one of the outcomes, each of which is an effect of its own.
    """
    declared = read_settings(path, Declared).instruments
    if instrument not in declared:
        raise Faults(
            [
                Fault(
                    f"{path}: instruments",
                    f"no {instrument!r}",
                    ", ".join(declared),
                    did_you_mean(instrument, declared),
                )
            ]
        )
    where = f"{path}: instruments.{instrument}"
    faults = list(axes_faults(where, declared[instrument]))
    if not faults:
        counts = Counter(choice.outcome for choice in choices(declared[instrument]))
        faults = [
            Fault(
                where,
                f"{counts[outcome]} specifications of {outcome!r}",
                f"{LEAST} or more",
                "add values, or an axis",
            )
            for outcome in declared[instrument].outcome
            if counts[outcome] < LEAST
        ]
    if faults:
        raise Faults(faults)
    return declared[instrument]
