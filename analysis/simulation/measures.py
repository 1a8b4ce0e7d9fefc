"""What is kept of one design in one county, and what many counties say of it."""

from dataclasses import dataclass, fields, replace
from typing import Annotated, get_type_hints

import numpy as np
import pandas as pd

NOMINAL = 0.05
NOTHING = float("nan")


@dataclass(frozen=True, slots=True)
class Measure:
    """One design or claim in one county; figures that it does not have are missing.

    `rejects` is 1 where a test of no effect rejects at 5 percent or a claim is graded above weak, else 0.
    `truth` is the planted effect with the design's own weights, `average` the planted effect on all that
    are treated; both in the unit of `estimate`.
    """

    scenario: str
    county: int
    design: str
    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    rejects: float
    truth: float
    average: float

    def of(self, scenario: str, county: int) -> "Measure":
        """Return the measure as that of one county of a kind."""
        return replace(self, scenario=scenario, county=county)


@dataclass(frozen=True, slots=True)
class Performance:
    """A design over many counties of one kind; `_mc` are Monte Carlo standard errors of the figure before."""

    scenario: Annotated[str, "kind of county"]
    design: Annotated[str, "design"]
    counties: Annotated[int, "number of counties in which the design was measured"]
    refused: Annotated[int, "number of counties whose records the design refused"]
    truth: Annotated[float, "mean planted effect with the design's own weights, or planted figure"]
    average: Annotated[float, "mean planted effect on all that are treated"]
    mean: Annotated[float, "mean estimate"]
    bias: Annotated[float, "mean of estimate less truth"]
    bias_mc: Annotated[float, "standard error of the bias"]
    rmse: Annotated[float, "root of the mean squared distance between estimate and truth"]
    std_error: Annotated[float, "mean standard error"]
    spread: Annotated[float, "standard deviation of estimate less truth"]
    coverage: Annotated[float, "share of intervals that hold the truth of their county"]
    coverage_mc: Annotated[float, "standard error of the coverage"]
    coverage_mean: Annotated[float, "share of intervals that hold the mean truth of all counties"]
    coverage_mean_mc: Annotated[float, "standard error of that share"]
    rejected: Annotated[float, "share of tests of no effect that reject at 5 percent, of claims above weak"]
    rejected_mc: Annotated[float, "standard error of the share rejected"]


def rejects(p_value: float) -> float:
    """Return whether a test rejects, as a number, missing where the p-value is."""
    return float(p_value <= NOMINAL) if p_value == p_value else NOTHING


def meanings() -> dict[str, str]:
    """Return what each figure of a performance is."""
    hints = get_type_hints(Performance, include_extras=True)
    return {field.name: hints[field.name].__metadata__[0] for field in fields(Performance)}


def performances(measures: pd.DataFrame) -> pd.DataFrame:
    """Return one row a scenario and design, with the fields of `Performance` as columns."""
    grouped = measures.groupby(["scenario", "design"], sort=False)
    drawn = measures.groupby("scenario")["county"].nunique().to_dict()
    return pd.DataFrame([performance(str(s), str(d), rows, drawn[s]) for (s, d), rows in grouped])


def performance(scenario: str, design: str, rows: pd.DataFrame, drawn: int) -> Performance:
    """Return what the counties say of one design, of all that were drawn."""
    error = rows["estimate"] - rows["truth"]
    known = rows["conf_low"].notna() & rows["truth"].notna()
    held = ((rows["conf_low"] <= rows["truth"]) & (rows["truth"] <= rows["conf_high"]))[known]
    mean = rows["truth"].mean()
    held_mean = ((rows["conf_low"] <= mean) & (mean <= rows["conf_high"]))[known]
    rejected = rows["rejects"].dropna()
    return Performance(
        scenario=scenario,
        design=design,
        counties=rows["county"].nunique(),
        refused=drawn - rows["county"].nunique(),
        truth=float(rows["truth"].mean()),
        average=float(rows["average"].mean()),
        mean=float(rows["estimate"].mean()),
        bias=float(error.mean()),
        bias_mc=mean_error(error, rows["county"]),
        rmse=float(np.sqrt((error**2).mean())),
        std_error=float(rows["std_error"].mean()),
        spread=float(error.std(ddof=1)),
        coverage=float(held.mean()),
        coverage_mc=mean_error(held, rows["county"]),
        coverage_mean=float(held_mean.mean()),
        coverage_mean_mc=mean_error(held_mean, rows["county"]),
        rejected=float(rejected.mean()),
        rejected_mc=mean_error(rejected, rows["county"]),
    )


def mean_error(values: pd.Series, county: pd.Series) -> float:
    """Return the Monte Carlo standard error of a mean: of means by county, which are independent."""
    means = values.dropna().astype(float).groupby(county).mean()
    return float(means.std(ddof=1) / np.sqrt(len(means)))
