"""Findings about township autonomy within a framework: what bounds on the lines would have changed."""

from collections.abc import Iterator

import pandas as pd

from analysis.countermeasures.autonomy import Autonomy, Bounded
from analysis.countermeasures.drawn import Drawn
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.countermeasures.autonomy_picture import autonomy_drawing
from analysis.findings.countermeasures.drawn_number import drawn_number
from analysis.findings.countermeasures.verdict import Verdict, verdict
from analysis.findings.drawings import Finding
from analysis.findings.formats import percent, plain, reason_of
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import bounds, percent_bounds
from analysis.panel.screening import screening
from analysis.problems.claims import Grade
from analysis.region import Region
from analysis.simulation.counties import known_county
from analysis.simulation.true_inclusion import true_inclusion
from analysis.synthetic.known import Known, planted_truth

ESTIMATOR = "lines drawn from what decisions say of them, rates from their Beta distribution"
WORDS: dict[Verdict, str] = {
    "supported": "Bounds on township lines are supported: the needy would be left out less often.",
    "uncertain": "Bounds on township lines may leave out fewer of the needy; the records do not settle it.",
    "not supported": "Bounds on township lines are not supported by these records.",
    "not measured": "What bounds on township lines would change cannot be measured here.",
}


def autonomy_findings(found: Autonomy) -> Iterator[Finding]:
    """Yield the figures of one line for all and of today, the table of bounds, the picture."""
    uniform, today = found.bounds[0], found.practice
    years = "years of the screening"
    for name, words, one in (("uniform", "under one line for all", uniform), ("today", "as decided", today)):
        for figure, label, drawn in (
            ("left_out", "Household-years below the official line left out", one.left_out),
            ("beyond", "Included household-years not below the official line", one.beyond),
        ):
            yield share_number(f"autonomy.{figure}_{name}", drawn, f"{label}, {words}", found)
        label = f"Household-years included, {words}"
        yield drawn_number(
            f"autonomy.included_{name}",
            one.included,
            label,
            "household-years",
            0,
            n_obs=found.n_obs,
            estimator=ESTIMATOR,
        )
    yield share_number("autonomy.fewer", found.fewer, "Fall of the share left out by one line", found)
    label = "Household-years near the line that are between the lines of two townships"
    yield Number("autonomy.decided", today.decided, label, "share", 0, n_obs=found.n_obs, sample=years)
    yield autonomy_table(found)
    yield autonomy_drawing(found)


def share_number(name: str, drawn: Drawn, label: str, found: Autonomy) -> Number:
    """Return a simulated share as a number."""
    return drawn_number(name, drawn, label, "share", 1, n_obs=found.n_obs, estimator=ESTIMATOR)


def autonomy_table(found: Autonomy) -> Table:
    """Return one bound a row, from one line for all to today's practice."""
    columns = (
        Column("Lines may differ by", "left", 22),
        Column("Household-years included", width=22),
        Column("Left out below the official line", width=22),
        Column("Included beyond it", width=22),
        Column("Decided by the township", width=12),
    )
    rows = [(width_words(one), *cells(one)) for one in found.bounds]
    today = found.practice
    as_decided = (plain(today.included.value), percent(today.left_out.value), percent(today.beyond.value))
    rows.append(("as today, no bound", *as_decided, percent(today.decided, 0)))
    notes = (
        f"{plain(found.n_obs)} household-years of the yearly screening; share of the official line on either "
        "side. Simulated with 95% intervals; today is what was decided. Decided by the township: "
        "household-years near the official line that are below the line of one township and not of another."
    )
    return Table("tbl-autonomy", "Bounds on township lines.", columns, tuple(rows), notes)


def width_words(one: Bounded) -> str:
    """Return a bound in words."""
    return "nothing, one line" if one.width == 0 else f"{percent(one.width, 0)} at most"


def cells(one: Bounded) -> tuple[str, ...]:
    """Return the figures of a bound with their intervals."""
    included = f"{plain(one.included.value)} {bounds(one.included.low, one.included.high, 0)}"
    shares = (
        f"{percent(drawn.value)} {percent_bounds(drawn.low, drawn.high, 1)}"
        for drawn in (one.left_out, one.beyond)
    )
    return (included, *shares, percent(one.decided, 0))


def autonomy_texts(
    found: Autonomy | NotApplicable, lines_differ: Grade, *, known_risks: bool
) -> dict[str, str]:
    """Return the verdict in words; lines that follow risks which income does not show speak against it."""
    gain = found if isinstance(found, NotApplicable) else found.fewer
    return {"autonomy_verdict": WORDS[verdict(gain, rests_on=(lines_differ,), refuted=known_risks)]}


def autonomy_reasons(found: Autonomy | NotApplicable, truth: float | None) -> dict[str, str]:
    """Return why the bounds are not simulated and why their truth is not known, empty where they are."""
    return {
        "autonomy": reason_of(found),
        "autonomy_truth": "The true change is not known." if truth is None else "",
    }


def true_fall(rows: pd.DataFrame, known: Known | None, region: Region) -> float | None:
    """Return the true fall of the share left out, None where the process did not write the files."""
    if known is None:
        return None
    county = known_county(planted_truth(region.folder / "truth.yaml"), region)
    decisions = ["household_id", "year", "included", "distance"]
    again = screening(county.panel.frame, region.line_by_year)[decisions]
    if not again.reset_index(drop=True).equals(rows[decisions].reset_index(drop=True)):
        return None
    return true_inclusion(county, 1.0)[1] - true_inclusion(county, 0.0)[1]


def truth_number(truth: float) -> Number:
    """Return the true fall of the share left out."""
    label = "True fall of the share left out by one line"
    return Number("autonomy.truth", truth, label, "share", 1, estimator="the process lived again")
