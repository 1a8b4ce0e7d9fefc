"""What officials write down: whole yuan, rounded sources, small errors, heaps at hundreds and at the line."""

from dataclasses import dataclass, fields

import numpy as np

from analysis.synthetic.income import Incomes
from analysis.synthetic.streams import Bools, Floats, Ints, Streams
from analysis.synthetic.truth import Truth

UNITS = np.array([1, 10, 10, 10, 50, 100, 100])
NEAR = 0.05


@dataclass(frozen=True, slots=True)
class Pens:
    """Draws of the reporting, by household and year."""

    unit: Ints
    wage_error: Floats
    business_error: Floats
    hundreds: Floats
    line: Floats
    side: Ints


@dataclass(frozen=True, slots=True)
class Report:
    """Reported income of one year, whole yuan of the household; `per_capita` is rounded net over size."""

    wages: Ints
    posts: Ints
    business: Ints
    costs: Ints
    property: Ints
    dividends: Ints
    subsidies: Ints
    pensions: Ints
    transfers: Ints
    net: Ints
    per_capita: Ints


def pens_of(n: int, years: int, streams: Streams) -> Pens:
    """Draw how the officials report."""
    rng = streams.of("reporting")
    shape = (n, years)
    return Pens(
        unit=rng.choice(UNITS, shape),
        wage_error=rng.normal(size=shape),
        business_error=rng.normal(size=shape),
        hundreds=rng.random(shape),
        line=rng.random(shape),
        side=rng.integers(-12, 13, shape),
    )


def reported(t: int, incomes: Incomes, size: Ints, line: Floats, pens: Pens, truth: Truth) -> Report:
    """Return the report of year number `t`; `line` is the township's own, nominal per capita."""
    unit = pens.unit[:, t] if truth.reporting else np.ones_like(size)
    error = truth.report_error if truth.reporting else 0.0
    free = {
        "wages": to_unit(incomes.wages * np.maximum(1 + error * pens.wage_error[:, t], 0), unit),
        "business": to_unit(incomes.business * np.maximum(1 + error * pens.business_error[:, t], 0), unit),
        "transfers": to_unit(incomes.transfers, unit),
    }
    fixed = {
        "posts": to_unit(incomes.posts, 1),
        "dividends": to_unit(incomes.dividends, 1),
        "subsidies": to_unit(incomes.subsidies, 1),
        "pensions": to_unit(incomes.pensions, 1),
        "property": to_unit(incomes.property, np.minimum(unit, 10)),
        "costs": to_unit(incomes.costs, unit),
    }
    if truth.reporting:
        net = net_of(free, fixed)
        target = heaped(t, net, size, line, pens, truth)
        free = absorbed(free, target - net)
    net = net_of(free, fixed)
    return Report(**free, **fixed, net=net, per_capita=np.rint(net / np.maximum(size, 1)).astype(np.int64))


def to_unit(amount: Floats, unit: Ints | int) -> Ints:
    """Round to a multiple of the unit."""
    return (np.rint(amount / unit) * unit).astype(np.int64)


def net_of(free: dict[str, Ints], fixed: dict[str, Ints]) -> Ints:
    """Return the sum of the sources less costs."""
    return sum(free.values()) + sum(fixed.values()) - 2 * fixed["costs"]


def heaped(t: int, net: Ints, size: Ints, line: Floats, pens: Pens, truth: Truth) -> Ints:
    """Return the net income that officials would like to see: at a round hundred, or close to the line."""
    per_capita = net / np.maximum(size, 1)
    rounded = 100 * np.rint(per_capita / 100)
    at_line = 10 * np.rint(line / 10) + np.where(pens.side[:, t] > 6, 0, pens.side[:, t])
    near: Bools = np.abs(per_capita / line - 1) < NEAR
    wanted = np.select(
        [near & (pens.line[:, t] < truth.heaping_line), pens.hundreds[:, t] < truth.heaping_hundreds],
        [at_line, rounded],
        per_capita,
    )
    return np.where(wanted == per_capita, net, np.rint(wanted * size)).astype(np.int64)


def absorbed(free: dict[str, Ints], change: Ints) -> dict[str, Ints]:
    """Put the change into the largest of the free sources, where it is large enough to bear it."""
    names = list(free)
    amounts = np.stack([free[name] for name in names])
    largest = amounts.argmax(axis=0)
    bearable = amounts.max(axis=0) + change >= 0
    return {name: amounts[k] + np.where((largest == k) & bearable, change, 0) for k, name in enumerate(names)}


def stacked(reports: list[Report]) -> Report:
    """Return the reports of all years as arrays of households by years."""
    return Report(
        **{
            field.name: np.stack([getattr(r, field.name) for r in reports], axis=1)
            for field in fields(Report)
        }
    )
