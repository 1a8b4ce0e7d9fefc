"""Tables of the secondary designs: what is refused shows no effect."""

from dataclasses import replace

import pytest

from analysis.designs.doses import DoseEffect, DoseRow
from analysis.designs.judged import judged_estimate
from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.lines import TownshipLines
from analysis.estimates.results import Inference, estimate_of
from analysis.findings.doses import row_label
from analysis.findings.secondary import held_numbers
from analysis.findings.secondary_tables import secondary_row, truth_cell
from analysis.findings.township_lines import checks_table

INFERENCE = Inference(100, 50, 10, 9, "village", "none", n_treated_clusters=4)


@pytest.fixture
def found():
    estimate = estimate_of(
        "subsidies", 0.8, 0.1, INFERENCE, outcome="income", estimator="revision", engine="house"
    )
    return judged_estimate("able", "With labour", "with against without", estimate, 2.0)


def test_a_refused_design_shows_the_reason_and_what_it_could_find_but_no_effect(found):
    row = secondary_row(replace(found, refused="too few data"), {}, 3)
    # t(9): 2.262 + 0.883 standard errors of 0.1
    assert row == ("With labour: refused, too few data", "", "", "", "", "", "0.315")


def test_a_refused_discontinuity_shows_no_effect(found):
    table = checks_table(TownshipLines((), replace(found, refused="too few data", detectable=1.2), ()))
    assert [row[:2] for row in table.rows] == [
        ("Smallest pass-through that would be found", "1.20"),
        ("Verdict", "refused"),
    ]
    assert "0.8" not in "".join(cell for row in table.rows for cell in row)


def test_an_interval_holds_a_range_that_it_meets(found):
    designs = InstrumentDesigns(
        "subsidies", (found, replace(found, key="unable"), replace(found, refused="x"))
    )
    truths = {"": (0.9,), "able": (1.0, 1.2), "unable": (2.0,)}
    assert [number.value for number in held_numbers(designs, truths)] == [2, 1]


def test_a_planted_range_is_shown_as_one():
    assert truth_cell((0.75, 0.9), 2) == "[0.75,\N{NO-BREAK SPACE}0.90]"
    assert truth_cell((1.0,), 2) == "1.00"


def test_bins_are_named_by_their_ends(found):
    dose = DoseEffect("months", ())
    rows = [
        DoseRow("a", found.estimate, 0.0, 6.0, 3.0),
        DoseRow("b", found.estimate, 6.0, 12.0, 9.0),
        DoseRow("c", found.estimate, 12.0, float("inf"), 20.0),
    ]
    assert [row_label(dose, row) for row in rows] == ["up to 6", "above 6 up to 12", "above 12"]
