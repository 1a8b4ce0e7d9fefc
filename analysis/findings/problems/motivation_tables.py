"""Tables about the motivation of officials."""

from collections.abc import Iterator

from analysis.findings.disclosure import NOTE, cell_of, counted
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.wording import bounds, township_name
from analysis.problems.audit import OLDEST_HOLDER
from analysis.problems.average import Average
from analysis.problems.motivation import Motivation
from analysis.problems.motivation_scale import HIGHEST, LOWEST, Reliability
from analysis.problems.motivation_views import Views
from analysis.problems.motivation_work import WATCHED
from analysis.region import Region

OUTCOMES = {
    "months": "Months from alert to first measure",
    "wait": "Months from alert to inclusion",
    "late": "Included households more than a month without a measure",
    "visits": "Visits to households a month, as stated",
    "post_old": f"Post-years of holders of {OLDEST_HOLDER + 1} or older",
    "post_idle": "Post-years without months of work",
    "left_out": "Below the official line and left out",
    "beyond": "Included beyond the official line",
    "exit_below": "Removals with income below the line",
    "exit_helpless": "Removals with nobody able to work",
    "back": "Below the line in the year after removal",
    "below_line": "Households below the line in the last year",
}
ERRORS = ("post_old", "post_idle", "exit_below", "exit_helpless")
OWN_ANSWERS = "Officials' own answers about motivation are personal and not shown by township."


def item_label(name: str, region: Region) -> str:
    """Return the label of an item without its scale."""
    return region.codebook.label(name).removesuffix(f" ({LOWEST}-{HIGHEST})")


def items_table(found: Reliability, region: Region) -> Table:
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
        for item, loading in zip(found.items, found.omega.loadings, strict=True)
    )
    alpha, omega = found.alpha, found.omega
    notes = (
        f"{plain(alpha.n_obs)} township officials, answers from {LOWEST} to {HIGHEST}. Alpha "
        f"{plain(alpha.estimate, 2)} {bounds(alpha.conf_low, alpha.conf_high, 2)} (interval of Feldt); omega "
        f"{plain(omega.estimate, 2)} {bounds(omega.conf_low, omega.conf_high, 2)} from one factor (bootstrap "
        "over officials). An item's answers are personal: they are shown for all officials together."
    )
    return Table("tbl-motivation-items", "The scale of motivation, item by item.", columns, rows, notes)


def townships_table(found: Motivation, region: Region) -> Iterator[Table]:
    """Yield what villages say and how long households wait, one township a row; nothing without both."""
    cells = {name: found.outcomes[name] for name in ("months", "late") if name in found.outcomes}
    views = found.views if isinstance(found.views, Views) else None
    if views is None and not cells:
        return
    codes = sorted({*(views.townships if views else ()), *(code for own in cells.values() for code in own)})
    columns = [Column("Township", "left", 14)]
    rows = [[township_name(code, region)] for code in codes]
    if views is not None:
        columns += [Column("Villages that answered", width=12), Column("Their judgement", width=18)]
        for row, code in zip(rows, codes, strict=True):
            row += [answered(views, code), judgement(views.townships.get(code))]
    if len(found.visits):
        columns.append(Column("Visits a month", width=9))
        for row, code in zip(rows, codes, strict=True):
            row.append(plain(found.visits[code], 1) if code in found.visits.index else "")
    for name, own in cells.items():
        columns.append(Column(OUTCOMES[name], width=20))
        for row, code in zip(rows, codes, strict=True):
            row.append(cell_of(own.get(code)))
    notes = (
        f"Judgement: mean answer from {LOWEST} to {HIGHEST} to whether township officials are active. Visits "
        f"are stated by townships. Months: households whose alert is at least {WATCHED} months old, "
        f"{WATCHED} where there was no measure by then. In brackets 95% intervals. {NOTE} {OWN_ANSWERS}"
    )
    caption = "Officials as villages see them and as the records show them, by township."
    yield Table("tbl-motivation-townships", caption, tuple(columns), tuple(map(tuple, rows)), notes)


def errors_table(found: Motivation, region: Region) -> Iterator[Table]:
    """Yield how often posts and removals break audit rules, one township a row; nothing without either."""
    cells = {name: found.outcomes[name] for name in ERRORS if name in found.outcomes}
    if not cells:
        return
    codes = sorted({code for own in cells.values() for code in own})
    columns = (Column("Township", "left", 14), *(Column(OUTCOMES[name], width=20) for name in cells))
    rows = tuple(
        (township_name(code, region), *(cell_of(own.get(code)) for own in cells.values())) for code in codes
    )
    notes = f"Shares with 95% intervals (Wilson 1927). A rule broken asks for a look at the case. {NOTE}"
    if "post_old" in found.rules:
        nowhere = int(found.rules["post_old"].townships.isna().sum())
        notes += f" Post-years of holders whose household is not on record, in no row: {counted(nowhere)}."
    yield Table("tbl-motivation-errors", "Audit rules broken, by township.", columns, rows, notes)


def answered(views: Views, code: str) -> str:
    """Return villages that answered of those asked."""
    if code not in views.asked.index:
        return ""
    return f"{plain(views.townships[code].n)} of {plain(views.asked[code])}"


def judgement(view: Average | None) -> str:
    """Return a mean answer of villages, which is public however few answered; one has no interval."""
    if view is None or view.n == 0:
        return ""
    return plain(view.value, 2) + (f" {bounds(view.low, view.high, 2)}" if view.n > 1 else "")
