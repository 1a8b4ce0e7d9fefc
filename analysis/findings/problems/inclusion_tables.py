"""Tables about inclusion: by township, audit rules, channels, what came later."""

from collections.abc import Iterable

from analysis.codebook import SMALLEST
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.findings.disclosure import FEW, NOTE, average_cell, counted, share_cell
from analysis.findings.formats import plain
from analysis.findings.kinds import Column, Table
from analysis.findings.wording import bounds, township_name
from analysis.problems.audit import Violation
from analysis.problems.inclusion import Inclusion
from analysis.problems.inclusion_later import Later
from analysis.problems.lines_applied import LinesApplied, Stated
from analysis.problems.waiting import Waiting
from analysis.region import Region


def inclusion_table(found: Inclusion, region: Region) -> Table:
    """Return one township a row: its line, what it states, both errors under the official line, the wait."""
    columns = (
        Column("Township", "left", 14),
        Column("Effective line [95% interval]", width=22),
        Column("Stated line", width=9),
        Column("Left out below the official line", width=20),
        Column("Included beyond it", width=20),
        Column("Months from alert to inclusion", width=18),
    )
    lines = {
        str(line.group): f"{plain(1 + line.line, 2)} {bounds(1 + line.conf_low, 1 + line.conf_high, 2)}"
        for line in (found.lines.lines.lines if isinstance(found.lines, LinesApplied) else ())
    }
    stated = found.lines.stated if isinstance(found.lines, LinesApplied) else None
    said = {} if not isinstance(stated, Stated) else {k: plain(1 + v, 2) for k, v in stated.lines.items()}
    waits = {} if isinstance(found.waiting, NotApplicable) else found.waiting.townships
    rows = []
    for code, errors in found.errors.townships.items():
        wait = average_cell(waits[code]) if code in waits else ""
        cells = (share_cell(errors.left_out), share_cell(errors.beyond))
        rows.append((township_name(code, region), lines.get(code, ""), said.get(code, ""), *cells, wait))
    county = found.errors.county
    every = "" if isinstance(found.waiting, NotApplicable) else average_cell(found.waiting.county)
    rows.append(("All", "", "", share_cell(county.left_out), share_cell(county.beyond), every))
    notes = (
        "Lines in multiples of the official line. Left out: of household-years whose income of the year "
        "before was below the official line, those not included; included beyond it: of those included, "
        f"those whose income was not below. Intervals of shares by Wilson (1927) with "
        f"as many answers as households give independently. {NOTE}"
    )
    return Table("tbl-inclusion", "Inclusion by township.", columns, tuple(rows), notes)


def audit_table(name: str, caption: str, audit: Iterable[Violation]) -> Table:
    """Return one audit rule a row."""
    columns = (
        Column("Rule broken", "left", 34),
        Column("Among", "left", 30),
        Column("Records", width=10),
        Column("Broken", width=10),
        Column("Share [95% interval]", width=22),
    )
    rows = tuple(
        (rule.rule, rule.among, counted(rule.found.n), *broken(rule)) for rule in audit if rule.found.n
    )
    notes = f"A rule broken asks for a look at the case; it is not proof of a wrong. {NOTE}"
    return Table(name, caption, columns, rows, notes)


def broken(rule: Violation) -> tuple[str, str]:
    """Return how often a rule is broken and the share, both hidden where the cases are few."""
    shown = counted(rule.found.yes)
    return (shown, FEW if shown == FEW else share_cell(rule.found, 1))


def channels_table(waiting: Waiting, region: Region) -> Table:
    """Return one channel of detection a row."""
    columns = (
        Column("Channel", "left", 30),
        Column("Share of inclusions [95% interval]", width=24),
        Column("Months from alert to inclusion", width=24),
    )
    labels = region.codebook.variable("detection_channel").values
    rows = tuple(
        (labels[name].en.capitalize(), share_cell(share), average_cell(wait))
        for name, (share, wait) in waiting.channels.items()
    )
    return Table("tbl-channels", "How households came to notice.", columns, rows, NOTE)


def later_table(later: Later) -> Table:
    """Return one group of households near the official line a row."""
    columns = (
        Column("Households near the official line", "left", 40),
        Column("Below the line a year after the decision", width=26),
        Column("Help in that year, yuan a person", width=24),
        Column("Household-years", width=12),
    )
    rows = tuple(
        (name.capitalize(), share_cell(share, 1), help_cell(later.help.get(name)), counted(share.n))
        for name, share in later.below.items()
    )
    notes = (
        "Whoever is taken in receives help, so the first two rows are compared with each other. Help: income "
        f"from subsidies, projects and posts. Errors by household. {NOTE}"
    )
    return Table("tbl-later", "What became of households near the line.", columns, rows, notes)


def help_cell(received: IndexEstimate | None) -> str:
    """Return mean help with its interval, or that there are too few."""
    if received is None or received.n_obs < SMALLEST:
        return FEW if received else ""
    return f"{plain(received.estimate)} {bounds(received.conf_low, received.conf_high, 0)}"
