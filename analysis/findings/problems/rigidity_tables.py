"""Tables about subsidies and need: kinds, kinds that come together, townships."""

from collections.abc import Mapping

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.disclosure import FEW, NOTE, SMALLEST, counted, share_cell
from analysis.findings.formats import joined, percent, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.problems.measures import MILLION, NOTHING, percent_cell
from analysis.problems.coverage import Overlap, Reached
from analysis.problems.reach import TownshipTargeting
from analysis.problems.rigidity import Rigidity
from analysis.problems.same_amount import SameAmount

PAIRS = 8


def stays_cell(of: SameAmount) -> str:
    """Return how often an amount stays, a dash where there are too few cases."""
    if isinstance(of.share, NotApplicable):
        return NOTHING
    return FEW if of.n_households < SMALLEST else share_cell(of.share)


def reached_cell(of: Reached) -> str:
    """Return a share of take-up, or that it is one of too few households."""
    return FEW if 0 < of.n_households < SMALLEST else share_cell(of.share)


def kinds_table(found: Rigidity, labels: Mapping[str, str]) -> Table:
    """Return what each kind pays, whom it reaches and how often its amounts stay."""
    columns = (
        Column("Kind", "left", 26),
        Column("Households", width=10),
        Column("Of the money", width=10),
        Column("Received in need", width=20),
        Column("Received without need", width=20),
        Column("Amount stays although need moved", width=22),
    )
    rows = [kind_row(kind, found, labels) for kind in found.need.kinds]
    if len(found.need.by_need) > 1:
        together = joined([labels[kind] for kind in found.need.by_need])
        rows.append((f"{together} together", "", "", "", "", stays_cell(found.stays)))
    notes = (
        "In need: income without subsidies short of the line. Need moved: by more than a tenth of the line "
        "from one year to the next, among households of the same size in both that were paid in either. An "
        "amount per head stays where it is that of last year, or that which most households of the "
        "township with the same amount last year receive now; grants and withdrawals are answers. A dash: "
        f"too few cases. Errors by village. {NOTE}"
    )
    return Table("tbl-rigidity-kinds", "Kinds of subsidies against need.", columns, tuple(rows), notes)


def kind_row(kind: str, found: Rigidity, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return one kind as a row; of a kind that reaches too few households nothing else is told."""
    rows, paid = found.need.rows, f"pay_{kind}"
    households = int(rows.loc[rows[paid] > 0, "household_id"].nunique())
    if households < SMALLEST:
        return (labels[kind], counted(households), *[FEW if households else NOTHING] * 4)
    money = float((rows[paid] * rows["household_size"]).sum())
    total = float((rows["all_paid"] * rows["household_size"]).sum())
    taken = found.take_up[kind]
    return (
        labels[kind],
        counted(households),
        percent(money / total, 0),
        reached_cell(taken.in_need),
        reached_cell(taken.not_in_need),
        stays_cell(found.same[kind]),
    )


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
    notes = (
        f"The most frequent pairs, {plain(len(rows))} of them. Against chance: one where neither depends "
        f"on the other. Pairs of fewer than {SMALLEST} households are not shown."
    )
    return Table("tbl-rigidity-overlap", "Subsidies that come together.", columns, rows, notes)


def targeting_table(townships: tuple[TownshipTargeting, ...], names: Mapping[str, str], word: str) -> Table:
    """Return where the money of each township goes, the largest gap left open first."""
    columns = (
        Column(word, "left", 16),
        Column("Million yuan", width=10),
        Column("To households in need", width=18),
        Column("Gaps closed", width=18),
        Column("Left open that last year's incomes would have closed", width=18),
        Column("Amount stays", width=18),
    )
    rows = tuple(targeting_row(of, names) for of in sorted(townships, key=order))
    notes = (
        "Subsidies of all years, prices of the base year. Gaps are to the official line; money moves "
        "within a township and year only, and goes to the lowest incomes of the year before. Below zero "
        f"what was done reaches more. Amounts of the kinds that rules tie to need. Errors by village. {NOTE}"
    )
    return Table("tbl-rigidity-townships", "Subsidies against need by township.", columns, rows, notes)


def order(of: TownshipTargeting) -> float:
    """Return what townships are sorted by; those without a figure come last."""
    return float("inf") if isinstance(of.targeting, NotApplicable) else -of.targeting.forgone.estimate


def targeting_row(of: TownshipTargeting, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return one township as a row."""
    start = (names.get(of.code, of.code), plain(of.money / MILLION, 1))
    if isinstance(of.targeting, NotApplicable):
        return (*start, NOTHING, NOTHING, NOTHING, stays_cell(of.same))
    gone = (of.targeting.to_needy, of.targeting.closed, of.targeting.forgone)
    return (*start, *(percent_cell(index, 0, of.n_in_need) for index in gone), stays_cell(of.same))
