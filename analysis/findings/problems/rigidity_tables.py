"""Tables about subsidies and need: response to shocks, kinds, kinds that come together, townships."""

from collections.abc import Mapping

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.problems.measures import figures, shares
from analysis.problems.coverage import Overlap
from analysis.problems.rigidity import Rigidity, TownshipTargeting
from analysis.problems.shock_response import THOUSAND, TIMES, Response, ShockResponse

MILLION = 1e6
PAIRS = 8
WHEN = {-1: "Year before", 0: "Year of the shock", 1: "Year after", 2: "Two years after"}
ALL = {"own": "income without subsidies", "received": "all subsidies"}


def shock_table(shocks: ShockResponse, labels: Mapping[str, str]) -> Table:
    """Return the response of each outcome by years since the shock."""
    columns = (
        Column("Yuan per capita", "left", 30),
        *(Column(WHEN[time], width=18) for time in TIMES),
    )
    rows = [("Any shock", *[""] * len(TIMES))]
    rows += [response_row(of, labels) for of in shocks.responses if not of.shock]
    for shock in dict.fromkeys(of.shock for of in shocks.responses if of.shock):
        rows.append((labels[shock].capitalize(), *[""] * len(TIMES)))
        rows += [response_row(of, labels) for of in shocks.responses if of.shock == shock]
    notes = (
        f"{plain(shocks.n_struck)} struck household-years, within households and years, size and workers "
        "given; "
        "errors by village. Only household-years whose neighbouring years are recorded. The year before "
        "should "
        "show nothing."
    )
    return Table(
        "tbl-rigidity-shocks", "What subsidies do when a household is struck.", columns, tuple(rows), notes
    )


def response_row(of: Response, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return one outcome as a row."""
    label = ALL.get(of.outcome) or labels[of.outcome.removeprefix("pay_")]
    return (label, *(figures(estimate, 0, THOUSAND) for estimate in of.by_time))


def kinds_table(found: Rigidity, labels: Mapping[str, str]) -> Table:
    """Return what each kind pays, whom it reaches and how often its amounts stay."""
    rows = found.need.rows
    total = float((rows["all_paid"] * rows["household_size"]).sum())
    taken = {} if isinstance(found.take_up, NotApplicable) else {of.kind: of for of in found.take_up}
    cells = []
    for of in found.same:
        money = float((rows[f"pay_{of.kind}"] * rows["household_size"]).sum())
        take = taken.get(of.kind)
        cells.append(
            (
                labels[of.kind],
                percent(money / total, 0),
                "–" if take is None else shares(take.in_need),
                "–" if take is None else shares(take.not_in_need),
                shares(of.share),
            )
        )
    columns = (
        Column("Kind", "left", 26),
        Column("Of the money", width=10),
        Column("Received in need", width=20),
        Column("Received without need", width=20),
        Column("Amount stays although need moved", width=22),
    )
    notes = (
        "In need: income without subsidies short of the line. An amount stays where it is that of most "
        "others "
        "of the township with the same amount per head the year before; need moved where income without "
        "subsidies "
        "changed by more than a tenth of the line. A dash: too few cases. Errors by village."
    )
    return Table("tbl-rigidity-kinds", "Kinds of subsidies against need.", columns, tuple(cells), notes)


def overlap_table(overlaps: tuple[Overlap, ...], labels: Mapping[str, str]) -> Table:
    """Return the kinds that most often come together."""
    columns = (
        Column("Kinds", "left", 50),
        Column("Household-years with both", width=14),
        Column("Of those with either", width=14),
        Column("Against chance", width=12),
    )
    rows = tuple(
        (
            f"{labels[of.first]} and {labels[of.second]}",
            plain(of.n_both),
            percent(of.share, 0),
            plain(of.lift, 2),
        )
        for of in overlaps[:PAIRS]
    )
    notes = f"The {len(rows)} most frequent pairs. Against chance: one where neither depends on the other."
    return Table("tbl-rigidity-overlap", "Subsidies that come together.", columns, rows, notes)


def township_table(found: Rigidity, names: Mapping[str, str], word: str) -> Table:
    """Return where the money of each township goes, the largest gap left open first."""
    columns = (
        Column(word.capitalize(), "left", 16),
        Column("Million yuan", width=10),
        Column("To households in need", width=18),
        Column("Gaps closed", width=18),
        Column("Left open for want of targeting", width=18),
        Column("Amount stays", width=18),
    )
    rows = tuple(township_row(of, names) for of in sorted(found.townships, key=order))
    notes = (
        "Subsidies of all years, prices of the base year. Gaps are to the official line; money moves "
        "within a "
        "township and year only. Errors by village."
    )
    return Table("tbl-rigidity-townships", "Subsidies against need by township.", columns, rows, notes)


def order(of: TownshipTargeting) -> float:
    """Return what townships are sorted by."""
    return 0.0 if isinstance(of.targeting, NotApplicable) else -of.targeting.forgone.estimate


def township_row(of: TownshipTargeting, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return one township as a row."""
    start = (names.get(of.code, of.code), plain(of.money / MILLION, 1))
    if isinstance(of.targeting, NotApplicable):
        return (*start, "–", "–", "–", shares(of.same.share))
    gone = of.targeting
    return (*start, shares(gone.to_needy), shares(gone.closed), shares(gone.forgone), shares(of.same.share))
