"""How outcomes of townships run with the motivation of their officials."""

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.rank_correlation import RankCorrelation
from analysis.findings.formats import p_value, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.problems.motivation_tables import OUTCOMES
from analysis.findings.wording import bounds
from analysis.problems.motivation import Association


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
        "describe; townships differ in much else. Error in either order draws a correlation towards 0."
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
