"""Tables about the motivation of officials."""

import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.rank_correlation import RankCorrelation
from analysis.findings.formats import p_value, percent, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.wording import bounds
from analysis.problems.disclosure import FEWEST
from analysis.problems.motivation import Association
from analysis.problems.motivation_answers import HIGHEST, LOWEST, Scale
from analysis.problems.motivation_work import AUDIT_AGE, WATCHED
from analysis.region import Region

OUTCOMES = {
    "months": "Months from alert to first measure",
    "late": "Households without a measure a month after inclusion",
    "visits": "Visits to households a month, as stated",
    "posts_wrong": "Posts held over the age of audits or without months",
    "removals_wrong": "Removals below the line or without labour",
    "below_line": "Households below the line in the last year",
}
FEW = "fewer"


def item_label(name: str, region: Region) -> str:
    """Return the label of an item without its scale."""
    return region.codebook.label(name).removesuffix(" (1-5)")


def items_table(scale: Scale, region: Region) -> Table:
    """Return one item of the scale a row."""
    columns = (
        Column("Item", "left", 34),
        Column("Mean", width=8),
        Column("Spread", width=8),
        Column("Correlation with the rest", width=12),
        Column("Loading", width=9),
        Column("Alpha without it", width=10),
        Column(f"Answered {LOWEST}", width=10),
        Column(f"Answered {HIGHEST}", width=10),
    )
    rows = tuple(
        (
            item_label(item.name, region),
            plain(item.mean, 2),
            plain(item.std_dev, 2),
            plain(item.item_rest, 2),
            plain(loading, 2),
            plain(item.alpha_without, 2),
            percent(item.at_lowest, 0),
            percent(item.at_highest, 0),
        )
        for item, loading in zip(scale.items, scale.omega.loadings, strict=True)
    )
    alpha, omega = scale.alpha, scale.omega
    notes = (
        f"{plain(alpha.n_obs)} township officials, answers from {LOWEST} to {HIGHEST}. Alpha "
        f"{plain(alpha.estimate, 2)} {bounds(alpha.conf_low, alpha.conf_high, 2)} (interval of Feldt); omega "
        f"{plain(omega.estimate, 2)} {bounds(omega.conf_low, omega.conf_high, 2)} from one factor (bootstrap "
        f"over officials). An item's answers are personal: they are shown for all officials together."
    )
    return Table("tbl-motivation-items", "The scale of motivation, item by item.", columns, rows, notes)


def townships_table(townships: pd.DataFrame, region: Region) -> Table:
    """Return what villages say and what officials do, one township a row."""
    names = {code: label.en for code, label in region.settings.townships.items()}
    shown = [
        (Column("Villages that answered", width=12), "answered", answered),
        (Column("Their judgement", width=11), "view", lambda row: figure(row["view"], 2)),
        (Column("Visits a month", width=9), "visits", lambda row: figure(row["visits"], 1)),
        (Column("Households followed", width=11), "households", households),
        (Column("Months to first measure", width=11), "months", lambda row: figure(row["months"], 1)),
        (Column("Late", width=8), "late", lambda row: share(row["late"])),
        (Column("Posts in error", width=9), "posts_wrong", lambda row: share(row["posts_wrong"])),
        (Column("Removals in error", width=10), "removals_wrong", lambda row: share(row["removals_wrong"])),
    ]
    kept = [(column, show) for column, name, show in shown if name in townships]
    rows = tuple(
        (names.get(str(code), str(code)), *(show(row) for _, show in kept))
        for code, row in townships.iterrows()
    )
    notes = (
        f"Judgement: mean answer from {LOWEST} to {HIGHEST} to whether township officials are active. "
        f"Households whose alert is at least {WATCHED} months old; late: without a measure a month after "
        f"inclusion. Posts in error: share of post-years at {AUDIT_AGE} or older, or without months. "
        f"Removals in error: with income below the line, or without labour. '{FEW}': fewer than {FEWEST} "
        "cases, not published. Officials' own answers are personal and not shown by township."
    )
    caption = "Officials as villages see them and as the records show them, by township."
    return Table(
        "tbl-motivation-townships",
        caption,
        (Column("Township", "left", 14), *(column for column, _ in kept)),
        rows,
        notes,
    )


def answered(row: pd.Series) -> str:
    """Return villages that answered of those asked."""
    if pd.isna(row["answered"]):
        return "none"
    return f"{plain(row['answered'])} of {plain(row['asked'])}"


def households(row: pd.Series) -> str:
    """Return a count of households, unless it is small."""
    return plain(row["households"]) if row["households"] >= FEWEST else FEW


def figure(value: float, decimals: int) -> str:
    """Return a figure of a township, or that it is not published."""
    return FEW if pd.isna(value) else plain(value, decimals)


def share(value: float) -> str:
    """Return a share of a township, or that it is not published."""
    return FEW if pd.isna(value) else percent(value, 0)


def outcomes_table(associations: tuple[Association, ...]) -> Table:
    """Return how each outcome runs with what villages say and with what officials say of themselves."""
    columns = (
        Column("Outcome of the township", "left", 32),
        Column("Points", width=7),
        Column("With the villages' judgement", width=22),
        Column("p", width=8),
        Column("With officials' own score", width=22),
        Column("p", width=8),
    )
    rows = tuple(
        (OUTCOMES[found.outcome], points(found), *cells(found.view), *cells(found.score))
        for found in associations
    )
    tested = sum(
        not isinstance(ranks, NotApplicable) for found in associations for ranks in (found.view, found.score)
    )
    notes = (
        "Spearman's rank correlation with its 95% interval (Bonett and Wright); p by permutation of the "
        f"townships. {plain(tested)} correlations: one in twenty would be below 0.05 by chance alone. They "
        "describe; townships differ in much else."
    )
    caption = "Outcomes of townships and the motivation of their officials."
    return Table("tbl-motivation-outcomes", caption, columns, rows, notes)


def points(found: Association) -> str:
    """Return the number of townships behind an association."""
    known = [ranks.n_obs for ranks in (found.view, found.score) if not isinstance(ranks, NotApplicable)]
    return plain(max(known)) if known else ""


def cells(ranks: RankCorrelation | NotApplicable) -> tuple[str, str]:
    """Return a correlation with its interval, and its p-value."""
    if isinstance(ranks, NotApplicable):
        return "not known", ""
    return f"{plain(ranks.estimate, 2)} {bounds(ranks.conf_low, ranks.conf_high, 2)}", p_value(ranks.p_value)
