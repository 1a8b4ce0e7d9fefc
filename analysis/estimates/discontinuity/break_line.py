"""The line that a group really uses: where the rate of a yes-or-no decision breaks."""

from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain
from analysis.estimates.difference import binary
from analysis.estimates.discontinuity.steps import interval, steps_of
from analysis.estimates.panel_sample import complete_rows, refuse_empty
from analysis.estimates.results import Dropped, Omitted
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class LineColumns:
    """Column names: a 0/1 decision taken by comparing `running` with the line of the `group`."""

    decision: str
    running: str
    group: str
    entity: str

    @property
    def all(self) -> tuple[str, ...]:
        """The columns, each once."""
        return tuple(dict.fromkeys((self.decision, self.running, self.group, self.entity)))


@dataclass(frozen=True, slots=True)
class Line:
    """The line of one group, in units of the running variable: the smallest value that is above it.

    `jump` is the rate of the decision below less that above. It is the largest that the search could
    find, and so too large on average: `cross_fit_lines` measures it on other entities.
    """

    group: object
    line: float
    conf_low: float
    conf_high: float
    level: float
    rate_below: float
    rate_above: float
    r2: float
    n_below: int
    n_above: int
    n_entities: int

    @property
    def jump(self) -> float:
        """Rate below less rate above."""
        return self.rate_below - self.rate_above


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of all groups in order; `refused` names groups without a line, with the reason."""

    lines: tuple[Line, ...]
    refused: tuple[Omitted, ...]
    dropped: tuple[Dropped, ...]

    def tidy(self) -> pd.DataFrame:
        """Return one row a group."""
        return pd.DataFrame([asdict(line) | {"jump": line.jump} for line in self.lines])

    def by_group(self) -> dict[object, float]:
        """Return the line of each group."""
        return {line.group: line.line for line in self.lines}


def line_of(
    group: object, rows: pd.DataFrame, names: LineColumns, least: int, level: float
) -> Line | Omitted:
    """Return the line of one group, or why it has none."""
    decision = rows[names.decision].to_numpy(dtype=np.float64)
    if decision.min() == decision.max():
        return Omitted(str(group), f"the decision is {decision[0]:g} in every row ({len(rows)})")
    steps = steps_of(rows[names.running].to_numpy(dtype=np.float64), decision)
    allowed = (steps.n_below >= least) & (steps.n_below <= steps.n_obs - least)
    if not allowed.any():
        return Omitted(str(group), f"no line leaves {least} of {steps.n_obs} row(s) on each side")
    best = int(np.where(allowed, steps.residual, np.inf).argmin())
    low, high = interval(steps, best, allowed, level)
    return Line(
        group=group,
        line=float(steps.values[best + 1]),
        conf_low=low,
        conf_high=high,
        level=level,
        rate_below=float(steps.rate_below[best]),
        rate_above=float(steps.rate_above[best]),
        r2=float(1 - steps.residual[best] / steps.total),
        n_below=int(steps.n_below[best]),
        n_above=steps.n_obs - int(steps.n_below[best]),
        n_entities=int(rows[names.entity].nunique()),
    )


def complete_decisions(
    frame: pd.DataFrame, names: LineColumns, least: int
) -> tuple[pd.DataFrame, tuple[Dropped, ...]]:
    """Return the rows with decision and running variable known; raises `Faults` for unfit columns."""
    frame = plain(frame)
    faults = column_faults(frame, (names.decision, names.running), (names.group, names.entity))
    if least < 1:
        faults.append(Fault("least", str(least), "1 or more", "rows on each side of every line tried"))
    if faults:
        raise Faults(faults)
    binary(frame, names.decision)
    rows, dropped = complete_rows(frame[list(names.all)], (names.decision, names.running))
    refuse_empty(rows, dropped)
    return rows, tuple(dropped)


def lines_in(rows: pd.DataFrame, names: LineColumns, least: int, level: float) -> Lines:
    """Return the lines of complete rows."""
    found = [
        line_of(group, own, names, least, level) for group, own in rows.groupby(names.group, observed=True)
    ]
    return Lines(
        lines=tuple(line for line in found if isinstance(line, Line)),
        refused=tuple(line for line in found if isinstance(line, Omitted)),
        dropped=(),
    )


def find_lines(
    frame: pd.DataFrame,
    *,
    decision: str,
    running: str,
    group: str,
    entity: str,
    least: int = 10,
    level: float = 0.95,
) -> Lines:
    """Return each group's line: the step in the rate of the decision with the largest R².

    `d = a + b 1(x < line) + e`, every value of x a candidate that leaves `least` rows on each side (Card,
    Mas and Rothstein 2008). The interval inverts the likelihood ratio of Hansen (2000), with his
    correction for unequal variances; it is wide rather than narrow when the jump is large. (Resampling
    entities would not do: the bootstrap of a break is inconsistent, Seijo and Sen 2011.) Give
    only rows in which the decision was open (not yet identified) and near which the line may lie: a
    rate that goes on falling far above the line pulls a single step towards it. Raises `Faults` for unfit
    columns and a decision that is not 0/1; a group without a line is in `refused`.
    """
    names = LineColumns(decision, running, group, entity)
    rows, dropped = complete_decisions(frame, names, least)
    return replace(lines_in(rows, names, least, level), dropped=dropped)
