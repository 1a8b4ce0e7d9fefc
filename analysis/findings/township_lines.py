"""Findings about the lines of townships, and the discontinuity that is refused where it finds nothing."""

from collections.abc import Iterator, Mapping

from analysis.designs.lines import SPLITS, WHOLE_YUAN, TownshipLine, TownshipLines
from analysis.findings.designs import figure_of
from analysis.findings.drawings import Finding
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import bounds, township_names
from analysis.region import Region
from analysis.synthetic.known import Known

DECIMALS = 3


def line_findings(lines: TownshipLines, known: Known | None, region: Region) -> Iterator[Finding]:
    """Yield the lines, what a discontinuity at them rests on, and its effect or why there is none."""
    for check in lines.checks:
        yield Number(
            f"subsidies.{check.key}", check.value, check.label, check.unit, check.decimals, sample=check.says
        )
    yield Number(
        "subsidies.lines_detectable",
        lines.effect.detectable,
        "Smallest pass-through that the discontinuity would find",
        "yuan per yuan",
        2,
    )
    distances = [line.found.line for line in lines.lines]
    for end, value in (("lowest", min(distances)), ("highest", max(distances))):
        label = f"{end.capitalize()} line of a township, share of the official line"
        yield Number(f"lines.{end}", 1 + value, label, "share", 0, n_obs=len(distances))
    yield lines_table(lines, known, region)
    yield checks_table(lines)


def lines_table(lines: TownshipLines, known: Known | None, region: Region) -> Table:
    """Return one township a row."""
    names = township_names(region)
    columns = (
        Column("Township", "left", 16),
        Column("Line", width=9),
        Column("95% interval", width=18),
        Column("First half", width=10),
        Column("Second half", width=10),
        Column("Inclusion below less above", width=14),
        Column("95% interval", width=18),
        *((Column("Truth", width=9),) if known else ()),
    )
    notes = (
        "Lines as multiples of the official line of the year before; an interval of the line inverts the "
        "likelihood ratio of the break. The halves are random halves of the households; the rate of "
        "inclusion is compared on both sides of the line that the other half gives, so that the search for "
        "the line does not enter it."
    )
    rows = tuple(line_row(line, names, known) for line in lines.lines)
    caption = "Lines that townships apply, found in their decisions."
    return Table("tbl-township-lines", caption, columns, rows, notes)


def line_row(line: TownshipLine, names: Mapping[str, str], known: Known | None) -> tuple[str, ...]:
    """Return one township as a row; a half without a line stays empty."""
    code, found, jump = str(line.found.group), line.found, line.jump
    truth = (plain(known.lines[code], DECIMALS),) if known else ()
    return (
        names.get(code, code),
        multiple(found.line),
        bounds(1 + found.conf_low, 1 + found.conf_high, DECIMALS),
        multiple(line.first),
        multiple(line.second),
        "" if jump is None else percent(jump.estimate, 0),
        "" if jump is None else f"[{percent(jump.conf_low, 0)}, {percent(jump.conf_high, 0)}]",
        *truth,
    )


def multiple(distance: float | None) -> str:
    """Return a distance from the official line as a multiple of it, empty where there is none."""
    return "" if distance is None else plain(1 + distance, DECIMALS)


def checks_table(lines: TownshipLines) -> Table:
    """Return the checks, then the verdict: the effect, or `refused` with the figure."""
    columns = (Column("Check", "left", 40), Column("Figure", width=14), Column("What it says", "left", 60))
    rows = [(check.label, figure_of(check), check.says) for check in lines.checks]
    effect, detectable = lines.effect, plain(lines.effect.detectable, 2)
    says = f"yuan per yuan; the design is refused where it exceeds {plain(WHOLE_YUAN)}"
    rows.append(("Smallest pass-through that would be found", detectable, says))
    if effect.refused:
        reason = f"{effect.refused}; a pass-through below {detectable} yuan per yuan would not be found"
        rows.append(("Verdict", "refused", reason))
    else:
        figure = plain(effect.estimate.estimate, DECIMALS)
        ends = bounds(effect.estimate.conf_low, effect.estimate.conf_high, DECIMALS)
        rows.append(("Pass-through at the lines", figure, f"95% interval {ends}; {effect.says}"))
    notes = (
        f"Income is that of the year of the decision, distance that of the year before; of {SPLITS} random "
        "splits the one of median power. An interval of posts that holds zero does not show that there is "
        "no jump."
    )
    return Table(
        "tbl-checks-lines", "Subsidies by a discontinuity at the lines.", columns, tuple(rows), notes
    )
