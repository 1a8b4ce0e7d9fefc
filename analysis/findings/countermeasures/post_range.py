"""Findings about post funds within a range: where villages stand, what moving funds would change."""

from collections.abc import Iterator

import pandas as pd

from analysis.countermeasures.drawn import Drawn
from analysis.countermeasures.post_range import PostRange, standing
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.threshold.band import Band
from analysis.estimates.threshold.worthwhile import NoRange
from analysis.findings.countermeasures.drawn_number import drawn_number
from analysis.findings.countermeasures.post_range_picture import range_drawing
from analysis.findings.countermeasures.verdict import Verdict, verdict
from analysis.findings.drawings import Finding
from analysis.findings.formats import percent, plain, reason_of
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import township_name
from analysis.region import Region
from analysis.simulation.counties import known_county
from analysis.simulation.true_policies import true_change_by_funds
from analysis.synthetic.known import Known, planted_truth

ESTIMATOR = "gains of each regime by the schedule of terms, draws from their joint distribution"
SAMPLE = "the last year"
WORDS: dict[Verdict, str] = {
    "supported": "Moving post funds into the range is supported: at the same cost households have more.",
    "uncertain": "Moving post funds into the range may leave households more, but the interval holds zero.",
    "not supported": "Moving post funds into a range is not supported by these records.",
    "not measured": "What moving post funds into a range would change cannot be measured here.",
}


def range_findings(found: PostRange, region: Region) -> Iterator[Finding]:
    """Yield the figures of the last year under the plan, the table of townships, the picture."""
    money = {
        "budget": (found.budget, "Post pay of the last year"),
        "moved": (found.moved, "Post funds that change the village"),
    }
    for name, (value, label) in money.items():
        yield Number(f"post_range.{name}", value, label, "yuan a year", sample=SAMPLE)
    yield from drawn_numbers(found)
    standing = positions(found)
    for name, words in TOLD.items():
        count = int(standing["villages"][name])
        yield Number(f"post_range.{name}", count, f"Villages with post funds {words}", "villages")
    inside = float(standing["money"]["inside"] / standing["money"].sum())
    yield Number("post_range.share", inside, "Share of post pay that is inside the range", "share", 0)
    yield townships_table(found, region)
    yield range_drawing(found, region)


TOLD = {
    "without": "of nothing",
    "below": "below the range",
    "inside": "inside the range",
    "above": "above the range",
}


def drawn_numbers(found: PostRange) -> Iterator[Number]:
    """Yield what is simulated, with intervals."""
    figures: dict[str, tuple[Drawn, str, str, int]] = {
        "now": (found.now, "Net yuan of income for a yuan of post pay, as funds are", "yuan per yuan", 2),
        "then": (found.then, "Net yuan of income for a yuan of post pay, funds moved", "yuan per yuan", 2),
        "change": (found.change, "Change of household income by moving funds", "yuan a year", 0),
        "lifted": (found.lifted, "Households that come above the line by moving funds", "households", 0),
        "gap": (found.gap, "Poverty gap closed by moving funds", "yuan a year", 0),
    }
    for name, (one, label, unit, decimals) in figures.items():
        n = len(found.villages)
        told = {"estimator": ESTIMATOR, "sample": SAMPLE}
        yield drawn_number(f"post_range.{name}", one, label, unit, decimals, n_obs=n, **told)


def place_of(found: PostRange) -> pd.Series:
    """Return where each village stands."""
    funds = found.villages["funds"]
    place = pd.Series("inside", index=funds.index)
    return (
        place.mask(funds < found.low, "below").mask(funds > found.high, "above").mask(funds == 0, "without")
    )


def positions(found: PostRange) -> pd.DataFrame:
    """Return villages and money by place, in the order of `TOLD`."""
    rows = found.villages.assign(
        place=place_of(found), money=found.villages["households"] * found.villages["funds"]
    )
    by_place = rows.groupby("place").agg(villages=("village", "size"), money=("money", "sum"))
    return by_place.reindex(list(TOLD), fill_value=0)


def townships_table(found: PostRange, region: Region) -> Table:
    """Return one township a row: where its villages stand, and what the plan moves."""
    villages = found.villages.assign(place=place_of(found))
    money = villages["households"] * villages["funds"]
    new = villages["households"] * villages["new_funds"]
    villages = villages.assign(
        money=money, shift=new - money, inside=money.where(villages["place"] == "inside", 0.0)
    )
    rows = []
    for code, own in villages.groupby("township", observed=True):
        name = township_name(str(code), region)
        counts = [plain(int((own["place"] == place).sum())) for place in TOLD]
        total = float(own["money"].sum())
        share = percent(float(own["inside"].sum()) / total, 0) if total else ""
        rows.append((name, *counts, share, plain(float(own["shift"].sum()))))
    columns = (
        Column("Township", "left", 16),
        *(
            Column(f"Villages {words}" if name != "without" else "Villages without posts", width=12)
            for name, words in TOLD.items()
        ),
        Column("Pay inside the range", width=12),
        Column("Funds received less given, yuan", width=16),
    )
    notes = (
        "The last year. Below, inside and above: of the part of the range that its intervals leave no doubt "
        f"about, {plain(found.low)} yuan per registered household "
        + ("and more." if found.high == float("inf") else f"to {plain(found.high)}.")
        + " A village without posts has none that could be widened."
    )
    return Table(
        "tbl-post-range", "Post funds by township, and what the plan moves.", columns, tuple(rows), notes
    )


def range_verdict(found: PostRange | NotApplicable, band: Band | NotApplicable) -> Verdict:
    """Return the verdict; that no range is found speaks against the measure."""
    refuted = not isinstance(band, NotApplicable) and isinstance(band.range, NoRange)
    return verdict(found if isinstance(found, NotApplicable) else found.change, refuted=refuted)


def range_texts(found: PostRange | NotApplicable, band: Band | NotApplicable) -> dict[str, str]:
    """Return the verdict in words."""
    return {"post_range_verdict": WORDS[range_verdict(found, band)]}


def range_reasons(found: PostRange | NotApplicable, truth: float | None) -> dict[str, str]:
    """Return why the plan is not simulated and why its truth is not known, empty where they are."""
    return {
        "post_range": reason_of(found),
        "post_range_truth": "The true change is not known." if truth is None else "",
    }


def truth_number(truth: float) -> Number:
    """Return the true change under the plan."""
    label = "True change of household income by moving funds"
    return Number("post_range.truth", truth, label, "yuan a year", estimator="the process lived again")


def true_change(found: PostRange | NotApplicable, known: Known | None, region: Region) -> float | None:
    """Return the true change under the plan, None where the files are not those that the process writes."""
    if known is None or isinstance(found, NotApplicable):
        return None
    county = known_county(planted_truth(region.folder / "truth.yaml"), region)
    drawn = standing(county.panel, found.low, found.high)
    return true_change_by_funds(county, found.villages) if drawn.equals(found.villages) else None
