"""Numbers about subsidies and need: response to shocks, steps, and what the money reaches."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.disclosure import SMALLEST, share_number
from analysis.findings.estimate_number import estimate_number
from analysis.findings.kinds import Number
from analysis.findings.problems.measures import interval_number, told
from analysis.findings.problems.path_numbers import LINEARISED
from analysis.problems.rigidity import Rigidity
from analysis.problems.shock_measures import scaled
from analysis.problems.shock_response import ShockResponse
from analysis.problems.withdrawal import Cliff

YUAN = "yuan a year per capita"


def response_numbers(shocks: ShockResponse) -> Iterator[Number]:
    """Yield how subsidies answer to shocks; elasticities are taken at the means of the rows."""
    yield Number("rigidity.struck", shocks.n_struck, "Household-years struck by a shock", "household-years")
    every = shocks.of("received")
    for name, found, label, unit, decimals in (
        ("met", shocks.met, "Rise of subsidies for a yuan of need that a shock adds", "share", 0),
        ("covered", shocks.covered, "Loss of income made good in its year", "share", 0),
        (
            "elasticity",
            every.elasticity,
            "Elasticity of subsidies to income, at means",
            "elasticity",
            2,
        ),
        ("delay", every.delay, "Mean wait of what is paid after a shock", "years", 1),
    ):
        if not isinstance(found, NotApplicable):
            yield estimate_number(f"rigidity.{name}", found, label, unit, decimals, estimator=found.estimator)


def step_numbers(found: Rigidity) -> Iterator[Number]:
    """Yield how often amounts stay, how subsidies fall with income, and the step at the line."""
    label, sample = "Amounts that stay although need moved", "household-years whose need moved"
    yield from told(found.stays.share, lambda of: share_number("rigidity.same", of, label, sample))
    out = found.withdrawal
    for name, slope, which in (
        ("between", out.between, "between households"),
        ("within", out.within, "within households"),
    ):
        if not isinstance(slope, NotApplicable):
            label = f"Subsidy less for a yuan of income, {which}"
            less = scaled(slope, slope.term, -1)
            yield estimate_number(f"rigidity.tax_{name}", less, label, "share", 0, estimator=less.estimator)
    if not isinstance(out.cliff, NotApplicable):
        yield from cliff_numbers(out.cliff)


def cliff_numbers(cliff: Cliff) -> Iterator[Number]:
    """Yield the step at the line, with and without the rows next to it."""
    step = cliff.step.robust
    yield estimate_number(
        "rigidity.cliff", step, "Step of subsidies at the line", YUAN, estimator=step.estimator
    )
    if not isinstance(cliff.donuts, NotApplicable):
        first = cliff.donuts.iloc[0]
        label = "Step of subsidies at the line, without the rows next to it"
        yield Number(
            "rigidity.cliff_donut",
            float(first["estimate"]),
            label,
            YUAN,
            low=float(first["conf_low"]),
            high=float(first["conf_high"]),
            n_obs=int(first["n_obs"]),
            estimator=str(first["estimator"]),
        )
        label = "Half-width of what is left out around the line"
        yield Number("rigidity.donut", float(first["donut"]), label, "share", 0)


def reach_numbers(found: Rigidity) -> Iterator[Number]:
    """Yield where the money goes and how far it could reach."""
    anything = found.take_up[""]
    for name, of in (("in_need", anything.in_need), ("not_in_need", anything.not_in_need)):
        if of.n_households >= SMALLEST:
            label = "Household-years that receive a subsidy"
            yield share_number(f"rigidity.take_up_{name}", of.share, label, name.replace("_", " "))
    if not isinstance(found.targeting, NotApplicable):
        labels = {
            "to_needy": "Money that goes to households short of the line",
            "useful": "Money that closes a gap",
            "closed": "Part of all gaps that is closed",
            "by_known": "Part of all gaps that the same money could close by last year's incomes",
            "foreseen": "Part of all gaps that the same money could close with foresight",
            "forgone": "Part of all gaps that last year's incomes would close beyond what was done",
        }
        for name, label in labels.items():
            index = getattr(found.targeting, name)
            yield estimate_number(f"rigidity.{name}", index, label, "share", 0, estimator=LINEARISED)
    if not isinstance(found.floor, NotApplicable):
        label = "Income that the money could lift everybody to"
        yield interval_number(
            "rigidity.floor", found.floor, label, YUAN, 0, n_obs=found.floor.n_obs, estimator="bootstrap"
        )
        rows = found.need.rows
        line = float(rows.loc[rows["year"] == rows["year"].max(), "line"].iloc[0])
        yield Number("rigidity.line", line, "Line of the last year, prices of the base year", YUAN)
