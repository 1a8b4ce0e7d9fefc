"""Tables about exit: by township, the hazard of removal, what came after it."""

from analysis.estimates.discontinuity.step_spread import StepSpread
from analysis.estimates.dynamics.earliest import EarliestSpread
from analysis.estimates.dynamics.hazard import HazardFit
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.disclosure import NOTE, counted, share_cell
from analysis.findings.formats import p_value, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.returns import ratio
from analysis.findings.wording import bounds, errors_of, township_name
from analysis.problems.after_exit import TERMS, AfterExit
from analysis.problems.exit import Exit
from analysis.region import Region


def exit_table(found: Exit, region: Region) -> Table:
    """Return one township a row: removals, both rules as done and as stated, what came after."""
    columns = (
        Column("Township", "left", 14),
        Column("Removed", width=9),
        Column("Shortest spell, months [95% interval]", width=20),
        Column("Stated", width=8),
        Column("Income asked for, times the line", width=20),
        Column("Stated", width=8),
        Column("Below the line a year later", width=20),
    )
    removed = found.months.groupby("township_code", observed=True)["left"].sum()
    spells = by_code(found.rules.spells, 0.0, 0)
    multiples = by_code(found.rules.multiples, 1.0, 2)
    back = {} if isinstance(found.after, NotApplicable) else found.after.townships
    rows = []
    for code, count in removed.items():
        name = str(code)
        rows.append(
            (
                township_name(name, region),
                counted(int(count)),
                spells.get(name, ""),
                stated(found, name, "stated_min_spell", 0),
                multiples.get(name, ""),
                stated(found, name, "stated_exit_multiple", 1),
                share_cell(back[name]) if name in back else "",
            )
        )
    notes = (
        "Spell: the shortest time from inclusion to removal that the months of removals and of those who "
        "stayed make likely. Income: that from which on a household is removed whose spell allows it and in "
        "which somebody can work. Both are drawn towards the other townships where a township has few "
        f"removals; intervals are those of a random-effects model. {NOTE}"
    )
    return Table("tbl-exit", "Exit by township.", columns, tuple(rows), notes)


def by_code(part: EarliestSpread | StepSpread | NotApplicable, add: float, decimals: int) -> dict[str, str]:
    """Return the rule of each township with its interval, none where the rule was not found."""
    if isinstance(part, NotApplicable):
        return {}
    spread = part.spread
    values = zip(part.groups, spread.means + add, spread.lows + add, spread.highs + add, strict=True)
    return {
        str(code): f"{plain(value, decimals)} {bounds(low, high, decimals)}"
        for code, value, low, high in values
    }


def stated(found: Exit, code: str, column: str, decimals: int) -> str:
    """Return what a township stated, empty where it was not asked."""
    if found.stated is None or column not in found.stated or code not in found.stated.index:
        return ""
    return plain(float(found.stated[column].loc[code]), decimals)


def exit_hazard_table(hazard: HazardFit, region: Region) -> Table:
    """Return the hazard ratio of every covariate."""
    columns = (
        Column("Household-year", "left", 44),
        Column("Hazard ratio", width=14),
        Column("95% interval", width=18),
        Column("p", width=9),
    )
    rows = []
    for estimate in hazard.estimates:
        value, low, high = ratio(estimate)
        rows.append((TERMS[estimate.term], plain(value, 2), bounds(low, high, 2), p_value(estimate.p_value)))
    first = hazard.estimates[0]
    notes = (
        f"Household-years under monitoring: {plain(first.n_obs)}, with {plain(hazard.n_returns)} removals. "
        "Complementary log-log regression with a constant for each year since inclusion (the later ones "
        f"together). Association, not effect. {errors_of(first, region)}"
    )
    return Table("tbl-exit-hazard", "Hazard of removal in a year.", columns, tuple(rows), notes)


def after_table(after: AfterExit, region: Region) -> Table:
    """Return one way of justifying a removal a row."""
    columns = (
        Column("Risk removed through", "left", 30),
        Column("Households on record a year later", width=22),
        Column("Below the line then [95% interval]", width=26),
    )
    labels = region.codebook.variable("removal_means").values
    rows = tuple(
        (labels[name].en.capitalize(), counted(share.n), share_cell(share, 1))
        for name, share in after.means.items()
        if name in labels
    )
    every = ("All", counted(after.county.n), share_cell(after.county, 1))
    return Table(
        "tbl-exit-after", "Income after removal, by how it was justified.", columns, (*rows, every), NOTE
    )
