"""What a discontinuity at township lines rests on: bunching, heaping, first stages, other help."""

import pandas as pd

from analysis.designs.kinds import Check
from analysis.designs.line_split import SCORE, Split
from analysis.estimates.discontinuity.density import density_test
from analysis.estimates.discontinuity.heaping import Heaping, heaping
from analysis.estimates.discontinuity.local_polynomial import LocalPolynomial

NEAR = 0.01
"""Half-width of the band around the line in which heaps are counted, share of the official line."""
HUNDRED, YUAN = 100.0, 1.0


def line_checks(split: Split, inclusion: LocalPolynomial, posts: LocalPolynomial) -> tuple[Check, ...]:
    """Return the checks in the order in which they are read."""
    return (*bunching(split.rows), *first_stages(split.found, inclusion), *other_help(posts))


def bunching(rows: pd.DataFrame) -> tuple[Check, ...]:
    """Return the density test at the line, with and without the rows next to it, and the heaps."""
    near = heaping(rows, running=SCORE, multiple=2 * NEAR, grain=NEAR, cutoff=0.0, reach=NEAR)
    round_ = heaping(rows, running="known_income", multiple=HUNDRED, grain=YUAN, cutoff=0.0, reach=YUAN)
    return (
        Check(
            "lines_density_p",
            "Density test at the line, p",
            density_test(rows, running=SCORE).p_value,
            "p",
            "small where households bunch on one side of the line",
            decimals=3,
        ),
        Check(
            "lines_donut_p",
            "The same without the rows next to the line, p",
            density_test(rows, running=SCORE, donut=NEAR).p_value,
            "p",
            "rows within a hundredth of the official line are left out",
            decimals=3,
        ),
        Check(
            "lines_heap",
            "Rows next to the line for each one expected",
            over_expected(near),
            "rows",
            "more than one where reports are put at the line; expected as many as in the bands beside",
        ),
        Check(
            "lines_round",
            "Incomes reported in whole hundreds",
            round_.share_round,
            "share",
            "one in a hundred where nobody rounds",
            decimals=1,
        ),
    )


def over_expected(found: Heaping) -> float:
    """Return rows at the line for each one expected, NaN where none is."""
    return found.n_at_cutoff / found.expected_at_cutoff if found.expected_at_cutoff else float("nan")


def first_stages(found: LocalPolynomial, inclusion: LocalPolynomial) -> tuple[Check, ...]:
    """Return by how much the line moves inclusion and subsidies."""
    assert found.first_stage is not None
    return (
        Check(
            "lines_inclusion",
            "Rate of inclusion below less above the line",
            inclusion.robust.estimate,
            "share",
            "how strictly townships keep to their lines",
            decimals=1,
        ),
        Check(
            "lines_first_stage",
            "Subsidies below less above the line",
            found.first_stage.estimate,
            "yuan a year per capita",
            "what inclusion brings",
            decimals=0,
        ),
        Check(
            "lines_f",
            "First-stage F of the subsidies",
            found.first_stage.statistic**2,
            "F",
            "how strongly the line moves the subsidies received",
            decimals=0,
        ),
    )


def other_help(posts: LocalPolynomial) -> tuple[Check, ...]:
    """Return the jump of posts at the line, which should be none."""
    label, unit, ends = "Post-years below less above the line", "post-years", "of the 95% interval"
    found, says = posts.robust, "if inclusion brings posts as well, income jumps for two reasons"
    return (
        Check("lines_posts", label, found.estimate, unit, says),
        Check("lines_posts_lower", f"{label}, lower end", found.conf_low, unit, ends),
        Check("lines_posts_upper", f"{label}, upper end", found.conf_high, unit, ends),
    )
