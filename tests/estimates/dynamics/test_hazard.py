"""Returns to poverty: spells and survival by hand, hazards in closed form and as planted."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.dynamics.hazard import fit_hazard
from analysis.estimates.dynamics.kaplan_meier import kaplan_meier
from analysis.estimates.dynamics.spells import spells
from analysis.estimates.results import Dropped
from analysis.faults import Faults

KEYS = {"entity": "house hold", "period": "year", "state": "poor"}


def histories(*states: str) -> pd.DataFrame:
    """One household a string: P poor, O out, '.' no row, '?' a row without a state."""
    rows = [
        (i, 2016 + t, {"P": 1.0, "O": 0.0, "?": np.nan}[letter])
        for i, states_of_one in enumerate(states)
        for t, letter in enumerate(states_of_one)
        if letter != "."
    ]
    return pd.DataFrame(rows, columns=["house hold", "year", "poor"])


def test_spells_start_after_an_exit_and_end_with_return_gap_or_last_row():
    """Out at first, P to O, back, out again; a gap; an exit in the last year; never out."""
    found = spells(histories("OPOOPO", "POO.OP", "PPPPPO", "PPPPPP", "PO?OOO"), **KEYS)
    at_risk = found.rows[["house hold", "year", "spell", "duration", "return"]].to_numpy().tolist()
    assert at_risk == [[0, 2019, 0, 1, 0], [0, 2020, 0, 2, 1], [1, 2018, 1, 1, 0]]
    assert (found.n_spells, found.n_returns, found.n_entities) == (2, 1, 2)
    assert found.dropped == (Dropped("missing poor", 1), Dropped("not at risk of return", 28 - 3))


def test_survival_and_its_errors_are_those_of_hand_arithmetic():
    """Ten exits: 2 return at once, 2 are seen no more after a year, 3 of the 6 left return in the second."""
    frame = histories(*["POP"] * 2, *["POO"] * 2, *["POOP"] * 3, *["POOO"] * 3)
    table = kaplan_meier(spells(frame, **KEYS)).table
    assert table["at_risk"].tolist() == [10, 6]
    assert table["returns"].tolist() == [2, 3]
    assert table["survival"].tolist() == pytest.approx([0.8, 0.4])
    variance = [0.8**2 * 2 / (10 * 8), 0.4**2 * (2 / (10 * 8) + 3 / (6 * 3))]
    assert table["std_error"].tolist() == pytest.approx(np.sqrt(variance))
    # log(-log .8) = -1.49994, its error .12649 / (.8 * .22314) = .70856, bounds at 1.95996 errors
    assert table["conf_low"][0] == pytest.approx(np.exp(-np.exp(-1.49994 + 1.95996 * 0.70856)), abs=1e-4)
    assert table["conf_high"][0] == pytest.approx(np.exp(-np.exp(-1.49994 - 1.95996 * 0.70856)), abs=1e-4)


@pytest.fixture(scope="module")
def two_groups() -> pd.DataFrame:
    """Without a post 30 of 100 return, with one 20 of 100, all in the first year at risk."""
    frame = histories(*["POP"] * 30, *["POO"] * 70, *["POP"] * 20, *["POO"] * 80)
    return frame.assign(post=(frame["house hold"] >= 100).astype(int), village=frame["house hold"] % 20)


def test_one_duration_and_one_dummy_give_the_odds_ratio_and_its_error(two_groups):
    """log((.2 / .8) / (.3 / .7)); by household the sandwich of a logit is 1/20 + 1/80 + 1/30 + 1/70."""
    options = {"covariates": ("post",), "entity": "house hold", "clusters": "house hold", "longest": 1}
    fit = fit_hazard(spells(two_groups, **KEYS), link="logit", **options)
    found = fit.estimate("post")
    assert found.estimate == pytest.approx(np.log(0.25 / (3 / 7)))
    variance = (1 / 20 + 1 / 80 + 1 / 30 + 1 / 70) * 200 / 199
    assert found.std_error == pytest.approx(np.sqrt(variance))
    assert fit.baseline["hazard"].tolist() == pytest.approx([0.3])
    likelihood = 20 * np.log(0.2) + 80 * np.log(0.8) + 30 * np.log(0.3) + 70 * np.log(0.7)
    assert fit.log_likelihood == pytest.approx(likelihood)
    assert (found.n_clusters, found.n_treated_clusters) == (200, 100)


def test_the_complementary_log_log_gives_the_ratio_of_integrated_hazards(two_groups):
    fit = fit_hazard(
        spells(two_groups, **KEYS),
        covariates=("post",),
        entity="house hold",
        clusters="village",
        link="cloglog",
        longest=3,
    )
    assert np.exp(fit.estimate("post").estimate) == pytest.approx(np.log(0.8) / np.log(0.7))
    assert fit.estimate("post").n_clusters == 20


def test_a_planted_hazard_ratio_is_recovered():
    """Continuous-time proportional hazards, seen once a year, are the complementary log-log."""
    random = np.random.default_rng(2)
    rows = []
    for household in range(3_000):
        post = household % 2
        state = [1, 0]
        for duration in (1, 2, 3, 4):
            chance = 1 - np.exp(-np.exp(-0.6 * post) * 0.5 / duration)
            state.append(int(random.random() < chance))
            if state[-1]:
                break
        rows += [(household, 2000 + t, s, post) for t, s in enumerate(state)]
    frame = pd.DataFrame(rows, columns=["house hold", "year", "poor", "post"])
    fit = fit_hazard(
        spells(frame, **KEYS),
        covariates=("post",),
        entity="house hold",
        clusters="house hold",
        link="cloglog",
        longest=4,
    )
    found = fit.estimate("post")
    assert abs(found.estimate + 0.6) < 3 * found.std_error
    assert found.std_error < 0.1
    assert fit.baseline["hazard"].to_numpy() == pytest.approx(1 - np.exp(-0.5 / np.arange(1, 5)), abs=0.04)


def test_a_duration_without_returns_asks_for_a_shorter_longest(two_groups):
    more = histories(*["POOO"] * 9).assign(post=0, village=1)
    more["house hold"] += 1_000
    with pytest.raises(Faults) as raised:
        fit_hazard(
            spells(pd.concat([two_groups, more]), **KEYS),
            covariates=("post",),
            entity="house hold",
            clusters="village",
            link="logit",
            longest=2,
        )
    assert str(raised.value) == (
        "panel, column 'duration': no spell returns at duration 2\n"
        "    allowed: returns and stays at every duration\n"
        "    mend: choose a lower `longest`, which joins the durations from it on"
    )


def test_a_state_of_three_values_is_refused():
    with pytest.raises(Faults, match="'poor': values 0, 1, 2"):
        spells(histories("POP").assign(poor=[0, 1, 2]), **KEYS)


def test_a_panel_without_exits_is_refused():
    with pytest.raises(Faults, match="'poor': no exit with a later row"):
        spells(histories("PPPO", "OOP"), **KEYS)
