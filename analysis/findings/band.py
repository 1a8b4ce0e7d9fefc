"""Findings about the band of post funds: thresholds, what a yuan leaves in each regime, the range."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.threshold.band import Band
from analysis.estimates.threshold.threshold_regression import Threshold, ThresholdRegression
from analysis.estimates.threshold.worthwhile import NoRange, WorthwhileRange
from analysis.findings.band_picture import band_drawing
from analysis.findings.drawings import Finding
from analysis.findings.formats import p_value, plain, sentence
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import bounds, interval
from analysis.region import Region
from analysis.synthetic.known import Known

YUAN = "yuan per yuan"
FUNDS = "yuan per registered household"
ESTIMATOR = "panel threshold regression with household and year effects (Hansen 1999)"
WORDS = ("first", "second", "third")
NUMERALS = ("none", "one", "two")


def band_findings(band: Band, known: Known | None, region: Region) -> Iterator[Finding]:
    """Yield tests, regimes, range and picture, and planted thresholds where they are known."""
    yield tests_table(band)
    regression = band.selection.regression
    if regression is not None:
        yield regimes_table(regression, known, region)
        for word, threshold in zip(WORDS, regression.thresholds, strict=False):
            yield funds_number(f"band.{word}", f"Post funds: {word} threshold", threshold)
    if isinstance(band.range, WorthwhileRange):
        yield from range_numbers(band.range)
    if known is not None:
        for word, value in zip(WORDS, known.post_thresholds, strict=False):
            yield Number(f"band.{word}.truth", value, f"Post funds: true {word} threshold", FUNDS)
        if regression is not None:
            yield from held_numbers(regression, known)
    yield band_drawing(band, region)


def band_reasons(band: Band | NotApplicable) -> dict[str, str]:
    """Return for each feature of the section why it is not supported, empty where it is."""
    if isinstance(band, NotApplicable):
        features = ("band", "band_regimes", "band_range", "band_low", "band_high")
        return dict.fromkeys(features, sentence(band.reason))
    few = "" if band.selection.regression else "The tests support no threshold of post funds."
    if isinstance(band.range, NoRange):
        none = dict.fromkeys(("band_range", "band_low", "band_high"), "No range of post funds is supported.")
        return {"band": "", "band_regimes": few, **none}
    return {
        "band": "",
        "band_regimes": few,
        "band_range": "",
        "band_low": "The range has no lower end." if band.range.low is None else "",
        "band_high": "The range has no upper end." if band.range.high is None else "",
    }


def band_texts(band: Band) -> dict[str, str]:
    """Return the reason against a range, empty where there is one, and the number of thresholds as a word."""
    reason = band.range.reason if isinstance(band.range, NoRange) else ""
    return {"band_reason": reason, "band_thresholds": plain(band.selection.number)}


def tests_table(band: Band) -> Table:
    """Return the bootstrap test of each number of thresholds, and the spline's."""
    rows: list[tuple[str, ...]] = [
        (
            f"{test.number} against {NUMERALS[test.number - 1]}",
            "bootstrap of the likelihood ratio",
            plain(test.statistic, 1),
            f"{plain(test.draws)} draws",
            p_value(test.p_value),
        )
        for test in band.selection.tests
    ]
    rows.append(spline_row(band))
    columns = (
        Column("Thresholds", "left", 18),
        Column("Test", "left", 32),
        Column("Statistic", width=10),
        Column("Distribution", "left", 14),
        Column("p", width=9),
    )
    notes = (
        "Tests of each number of thresholds against one fewer end with the first that does not reject. "
        "Bootstrap: residuals of the smaller model, their sign drawn by village. A range is found only if "
        "the first bootstrap test and the spline both reject a constant slope at 5%."
    )
    return Table("tbl-band-tests", "Post funds: tests of a constant gain.", columns, tuple(rows), notes)


def spline_row(band: Band) -> tuple[str, ...]:
    """Return the test of the spline against a constant slope as a row."""
    test = band.curve.linearity
    if isinstance(test, NotApplicable):
        return ("spline", f"does not apply: {test.reason}", "", "", "")
    return (
        "spline",
        "Wald test of a constant slope",
        plain(test.statistic, 1),
        test.distribution,
        p_value(test.p_value),
    )


def held_numbers(found: ThresholdRegression, known: Known) -> Iterator[Number]:
    """Yield how many regimes there are, and how many intervals of gains hold the true gain."""
    pairs = zip(found.slopes, known.post_gains, strict=False)
    held = sum(slope.conf_low <= truth <= slope.conf_high for slope, truth in pairs)
    yield Number("band.regimes", len(found.slopes), "Regimes of post funds", "regimes")
    yield Number("band.held", held, "Regimes whose interval holds the true gain", "regimes")


def regimes_table(found: ThresholdRegression, known: Known | None, region: Region) -> Table:
    """Return one row a regime: its funds, what a yuan of pay leaves there, with intervals."""
    cost = region.settings.public_cost
    assert cost is not None
    ends = [None, *found.thresholds, None]
    truths = known.post_gains if known is not None and len(known.post_gains) == len(found.slopes) else ()
    told: list[tuple[str, ...]] = [(plain(truth, 2),) for truth in truths] or [()] * len(found.slopes)
    rows = tuple(
        (
            regime(low, high),
            "" if low is None else bounds(low.conf_low, low.conf_high, 0),
            plain(slope.estimate, 3),
            plain(slope.std_error, 3),
            interval(slope, 3),
            *truth,
        )
        for low, high, slope, truth in zip(ends[:-1], ends[1:], found.slopes, told, strict=True)
    )
    columns = (
        Column("Post funds of the village", "left", 26),
        Column("95% interval of the lower end", width=20),
        Column("Gain of a yuan", width=12),
        Column("Standard error", width=12),
        Column("95% interval", width=20),
        *((Column("True gain", width=8),) if truths else ()),
    )
    dropped = "; ".join(f"{plain(gap.n_obs)} rows dropped: {gap.reason}" for gap in found.dropped)
    notes = (
        f"Funds in {FUNDS} a year. Gain: income per capita for a yuan of pay per capita. Balanced part of "
        f"the panel, {plain(found.slopes[0].n_obs)} household-years; {dropped}. Intervals of thresholds: all "
        "values that the likelihood ratio does not reject; they are known to cover too rarely where gains "
        f"differ little. Public cost of a yuan: {plain(cost.per_yuan, 2)} ({cost.source})."
    )
    return Table("tbl-band", "What a yuan of post pay leaves, by post funds.", columns, rows, notes)


def regime(low: Threshold | None, high: Threshold | None) -> str:
    """Return the funds of a regime in words."""
    if low is None:
        return f"up to {plain(high.value)}" if high else "all"
    return f"above {plain(low.value)}" if high is None else f"{plain(low.value)} to {plain(high.value)}"


def range_numbers(found: WorthwhileRange) -> Iterator[Number]:
    """Yield the ends of the range, those that are not open, and the least gain inside."""
    for name, value, reach in (
        ("low", found.low, found.low_interval),
        ("high", found.high, found.high_interval),
    ):
        if value is not None and reach is not None:
            yield Number(
                f"band.{name}",
                value,
                f"Range of post funds: {name} end",
                FUNDS,
                low=reach[0],
                high=reach[1],
                estimator=ESTIMATOR,
            )
    yield Number("band.least", found.least_slope, "Range of post funds: least gain of a yuan", YUAN, 2)


def funds_number(name: str, label: str, threshold: Threshold) -> Number:
    """Return a threshold as a number with its interval."""
    return Number(
        name,
        threshold.value,
        label,
        FUNDS,
        low=threshold.conf_low,
        high=threshold.conf_high,
        estimator=ESTIMATOR,
    )
