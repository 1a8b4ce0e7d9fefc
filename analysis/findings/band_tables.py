"""Tables about the band of post funds: tests of a constant gain, what a yuan leaves in each regime."""

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.switching.gains_by_regime import RegimeGains
from analysis.estimates.threshold.band import Band
from analysis.estimates.threshold.threshold_regression import Threshold, ThresholdRegression
from analysis.findings.formats import p_value, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.wording import bounds, interval
from analysis.region import Region
from analysis.synthetic.known import Known

FUNDS = "yuan per registered household"
NUMERALS = ("none", "one", "two")


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


def regimes_table(
    found: ThresholdRegression, gains: RegimeGains | NotApplicable, known: Known | None, region: Region
) -> Table:
    """Return one row a regime: its funds, what a yuan of pay leaves there, with intervals."""
    cost = region.settings.public_cost
    assert cost is not None
    ends = [None, *found.thresholds, None]
    truths = known.post_gains if known is not None and len(known.post_gains) == len(found.slopes) else ()
    told: list[tuple[str, ...]] = [(plain(truth, 2),) for truth in truths] or [()] * len(found.slopes)
    by_schedule = gain_cells(gains, len(found.slopes))
    rows = tuple(
        (
            regime(low, high),
            "" if low is None else bounds(low.conf_low, low.conf_high, 0),
            plain(slope.estimate, 3),
            plain(slope.std_error, 3),
            interval(slope, 3),
            *cells,
            *truth,
        )
        for low, high, slope, cells, truth in zip(
            ends[:-1], ends[1:], found.slopes, by_schedule, told, strict=True
        )
    )
    columns = (
        Column("Post funds of the village", "left", 26),
        Column("95% interval of the lower end", width=20),
        Column("Gain of a yuan", width=12),
        Column("Standard error", width=12),
        Column("95% interval", width=20),
        *((Column("Gain by the schedule of terms [95% interval]", width=22),) if by_schedule[0] else ()),
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


def gain_cells(gains: RegimeGains | NotApplicable, n_regimes: int) -> list[tuple[str, ...]]:
    """Return the gain by the schedule in each regime as a cell, none where it is not estimated."""
    if isinstance(gains, NotApplicable):
        return [()] * n_regimes
    return [(f"{plain(gain.estimate, 3)} {interval(gain, 3)}",) for gain in gains.gains]


def regime(low: Threshold | None, high: Threshold | None) -> str:
    """Return the funds of a regime in words."""
    if low is None:
        return f"up to {plain(high.value)}" if high else "all"
    return f"above {plain(low.value)}" if high is None else f"{plain(low.value)} to {plain(high.value)}"
