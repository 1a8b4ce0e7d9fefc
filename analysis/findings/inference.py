"""Findings about the estimates: specification tests, inference for few townships, agreement of engines."""

from collections.abc import Iterator

from analysis.estimates.effects import Effects
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.power import detectable_by
from analysis.estimates.wild_bootstrap import WildBootstrap
from analysis.findings.drawings import Finding
from analysis.findings.formats import p_value, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.wording import (
    bounds,
    decimals_of,
    errors_of,
    interval,
    label_in_text,
    place_word,
    specification_name,
    treated_clusters,
)
from analysis.panel.build import Panel
from analysis.region import Region

ROUNDING = 1e-9


def inference_findings(effects: Effects, panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield the tables of tests, inference and agreement."""
    yield tests_table(effects, region)
    yield inference_table(effects, panel, region)
    yield engines_table(effects)


def tests_table(effects: Effects, region: Region) -> Table:
    """Return the Hausman and Mundlak tests."""
    rows = tuple(test_row(test) for test in (effects.hausman, effects.mundlak))
    columns = (
        Column("Test", "left", 16),
        Column("Null hypothesis", "left", 40),
        Column("Statistic", width=12),
        Column("Distribution", "left", 14),
        Column("p", width=8),
    )
    notes = (
        f"Outcome: {label_in_text(effects.outcome, region)}; study sample; all instruments and controls. "
        "Hausman's test rests on classical errors; Mundlak's is made with errors clustered by "
        f"{place_word(region)}."
    )
    return Table(
        "tbl-tests", "Random effects against correlated and household effects.", columns, rows, notes
    )


def test_row(test: TestResult | NotApplicable) -> tuple[str, ...]:
    """Return a test as a row, or the reason why it does not apply."""
    if isinstance(test, NotApplicable):
        return (test.name, f"does not apply: {test.reason}", "", "", "")
    distribution = test.distribution.replace("chi2", "χ²")
    return (test.name, test.null, plain(test.statistic, 1), distribution, p_value(test.p_value))


def inference_table(effects: Effects, panel: Panel, region: Region) -> Table:
    """Return for each headline effect the interval by village, the bootstrap by township, and the power."""
    by_township = not any(isinstance(wild, NotApplicable) for wild in effects.wild.values())
    rows = []
    for instrument in panel.instruments:
        decimals = decimals_of(instrument, region)
        estimate = effects.fit(effects.outcome).estimate(instrument)
        reached = treated_clusters(instrument, panel)
        wild = effects.wild[instrument]
        few = () if isinstance(wild, NotApplicable) else wild_cells(wild, decimals)
        detectable = detectable_by(estimate).value
        rows.append(
            (
                region.label(instrument),
                plain(estimate.estimate, decimals),
                interval(estimate, decimals),
                plain(estimate.n_clusters or 0) + ("" if reached is None else f" ({plain(reached)})"),
                *(few if by_township else ()),
                plain(detectable, decimals),
            )
        )
    columns = (
        Column("Instrument", "left", 20),
        Column("Effect", width=9),
        Column(f"95% interval, by {place_word(region)}", width=19),
        Column("Clusters (reached)", width=11),
        *(
            (Column("95% interval, by township", width=19), Column("Townships (reached)", width=13))
            * by_township
        ),
        Column("Smallest detectable effect", width=13),
    )
    return Table(
        "tbl-inference",
        f"Inference on the headline effects ({specification_name(effects.headline)}).",
        columns,
        tuple(rows),
        inference_notes(effects, region),
    )


def wild_cells(wild: WildBootstrap, decimals: int) -> tuple[str, str]:
    """Return the bootstrap's interval and its clusters."""
    return (
        bounds(wild.conf_low, wild.conf_high, decimals),
        f"{wild.n_clusters} ({wild.n_treated_clusters})",
    )


def inference_notes(effects: Effects, region: Region) -> str:
    """Return how errors and bootstrap were done, or why the latter was not."""
    power = "An effect of the smallest detectable size is found with probability 0.8 by a test at 5%."
    reasons = [
        f"Effects on {label_in_text(effects.outcome, region)}; study sample.",
        errors_of(effects.fit(effects.outcome).estimates[0], region),
    ]
    for wild in effects.wild.values():
        if isinstance(wild, NotApplicable):
            reasons.append(f"No bootstrap over townships: {wild.reason}.")
        else:
            reasons.append(
                f"By township: restricted wild cluster bootstrap of the estimate under {wild.estimator}, "
                f"{plain(wild.draws)} draws, {wild.weights.capitalize()} weights, seed {wild.seed}."
            )
    return " ".join([*dict.fromkeys(reasons), power])


def engines_table(effects: Effects) -> Table:
    """Return the largest differences between two programs, by specification."""
    rows = tuple(
        (
            specification_name(step).capitalize(),
            f"{compared.terms[0].first}, {compared.terms[0].second}",
            distance(max(term.coefficient for term in compared.terms)),
            distance(max(term.std_error for term in compared.terms)),
        )
        for step, compared in zip(effects.ladder, effects.agreements, strict=True)
    )
    columns = (
        Column("Specification", "left", 34),
        Column("Programs", "left", 26),
        Column("Coefficients", width=14),
        Column("Standard errors", width=14),
    )
    correction = effects.fit(effects.outcome).estimates[0].correction
    return Table(
        "tbl-engines",
        "Largest difference between two programs over all terms, relative to the standard error.",
        columns,
        rows,
        f"Both programs give the uncorrected covariance; the correction is {correction}.",
    )


def distance(value: float) -> str:
    """Return a relative difference; below a billionth it is rounding, which no two runs share."""
    return "<1e-9" if value < ROUNDING else f"{value:.1e}"
