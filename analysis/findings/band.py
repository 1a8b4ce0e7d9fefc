"""Findings about the band of post funds: thresholds, what a yuan leaves in each regime, the range."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.results import Estimate
from analysis.estimates.switching.gains_by_regime import RegimeGains
from analysis.estimates.threshold.band import Band
from analysis.estimates.threshold.threshold_regression import Threshold
from analysis.estimates.threshold.worthwhile import NoRange, WorthwhileRange
from analysis.findings.band_picture import band_drawing
from analysis.findings.band_tables import FUNDS, regimes_table, tests_table
from analysis.findings.drawings import Finding
from analysis.findings.formats import plain, reason_of, sentence
from analysis.findings.kinds import Number
from analysis.region import Region
from analysis.synthetic.known import Known

YUAN = "yuan per yuan"
ESTIMATOR = "panel threshold regression with household and year effects (Hansen 1999)"
WORDS = ("first", "second", "third")


def band_findings(
    band: Band, gains: RegimeGains | NotApplicable, known: Known | None, region: Region
) -> Iterator[Finding]:
    """Yield tests, regimes, range and picture, and planted thresholds where they are known."""
    yield tests_table(band)
    regression = band.selection.regression
    if regression is not None:
        yield regimes_table(regression, gains, known, region)
        for word, threshold in zip(WORDS, regression.thresholds, strict=False):
            yield funds_number(f"band.{word}", f"Post funds: {word} threshold", threshold)
    if isinstance(band.range, WorthwhileRange):
        yield from range_numbers(band.range)
    if known is not None:
        for word, value in zip(WORDS, known.post_thresholds, strict=False):
            yield Number(f"band.{word}.truth", value, f"Post funds: true {word} threshold", FUNDS)
        if regression is not None:
            yield Number("band.regimes", len(regression.slopes), "Regimes of post funds", "regimes")
            yield held_number("band.held", "by the panel regression", regression.slopes, known)
        if isinstance(gains, RegimeGains):
            yield held_number("band.held_schedule", "by the schedule of terms", gains.gains, known)
    yield band_drawing(band, region)


def band_reasons(band: Band | NotApplicable, gains: RegimeGains | NotApplicable) -> dict[str, str]:
    """Return for each feature of the section why it is not supported, empty where it is."""
    schedule = {"band_schedule": reason_of(gains)}
    if isinstance(band, NotApplicable):
        features = ("band", "band_regimes", "band_range", "band_low", "band_high")
        return schedule | dict.fromkeys(features, sentence(band.reason))
    few = "" if band.selection.regression else "The tests support no threshold of post funds."
    if isinstance(band.range, NoRange):
        none = dict.fromkeys(("band_range", "band_low", "band_high"), "No range of post funds is supported.")
        return schedule | {"band": "", "band_regimes": few, **none}
    return schedule | {
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


def held_number(name: str, words: str, gains: tuple[Estimate, ...], known: Known) -> Number:
    """Return how many intervals of gains hold the true gain."""
    pairs = zip(gains, known.post_gains, strict=False)
    held = sum(gain.conf_low <= truth <= gain.conf_high for gain, truth in pairs)
    return Number(name, held, f"Regimes whose interval holds the true gain, {words}", "regimes")


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
