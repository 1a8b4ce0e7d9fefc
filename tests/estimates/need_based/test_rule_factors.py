"""Factors of rules by hand, and those planted in a county."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.need_based.rule_factors import at_base, exposure_at_base, rule_factors
from analysis.faults import Faults

LEDGER = pd.DataFrame(
    [
        # amounts of three persons in one group: the rule adds a quarter; one falls to a lower grade
        ("a", 2016, "g", 400.0), ("a", 2017, "g", 500.0), ("a", 2018, "g", 1000.0),
        ("b", 2016, "g", 200.0), ("b", 2017, "g", 250.0), ("b", 2018, "g", 500.0),
        ("c", 2016, "g", 300.0), ("c", 2017, "g", 100.0), ("c", 2018, "g", 200.0),
        ("d", 2016, "g", 0.0), ("d", 2017, "g", 700.0), ("d", 2018, "g", 1400.0),
    ],
    columns=["person", "year", "town", "yuan"],
)  # fmt: skip
COLUMNS = {"amount": "yuan", "entity": "person", "period": "year", "group": "town"}


def test_factors_are_chained_medians_of_ratios():
    found = rule_factors(LEDGER, **COLUMNS, base=2016, at_least=3)
    # 2017: ratios 1.25 (weight 400), 1.25 (200), 1/3 (300): the median by weight is 1.25; 2018: all 2
    assert found.frame["factor"].tolist() == [1.0, 1.25, 2.5]
    assert found.frame["n_pairs"].tolist() == [0, 3, 4]
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [
        ("no positive amount in two successive periods", 5)
    ]


def test_factors_are_relative_to_the_base_period():
    found = rule_factors(LEDGER, **COLUMNS, base=2017, at_least=3)
    assert found.frame["factor"].tolist() == [0.8, 1.0, 2.0]


def test_a_group_with_too_few_recipients_is_named():
    with pytest.raises(Faults) as raised:
        rule_factors(LEDGER, **COLUMNS, base=2016, at_least=4)
    assert str(raised.value) == (
        "panel, column 'town': 1 group-period(s) with fewer than 4 recipients of two successive periods, "
        "first 'g' with 3\n"
        "    allowed: enough recipients in every one\n"
        "    mend: join small groups, or ask for fewer pairs"
    )


def test_a_base_that_no_row_has_is_refused():
    with pytest.raises(Faults, match="no row in period 2015"):
        rule_factors(LEDGER, **COLUMNS, base=2015)


def test_the_value_at_the_base_is_missing_for_entities_without_that_period():
    frame = LEDGER.drop(index=0)
    found = at_base(frame, column="yuan", entity="person", period="year", base=2016)
    assert found[frame["person"] == "b"].tolist() == [200.0, 200.0, 200.0]
    assert found[frame["person"] == "a"].isna().all()


def test_exposure_is_in_units_of_the_mean_grant_of_the_group():
    found = exposure_at_base(LEDGER, **COLUMNS, base=2016)
    # 400, 200 and 300 are granted, 300 on average; the fourth has nothing
    assert found[LEDGER["year"] == 2018].tolist() == pytest.approx([4 / 3, 2 / 3, 1.0, 0.0])


def test_a_group_without_grants_at_base_is_named():
    with pytest.raises(Faults, match="1 group\\(s\\) without a grant in period 2016, first 'h'"):
        exposure_at_base(
            LEDGER.assign(town=LEDGER["person"].map(lambda p: "h" if p == "d" else "g")), **COLUMNS, base=2016
        )


def test_the_revisions_of_a_county_are_recovered_from_its_amounts(subsidised):
    frame = subsidised(7)
    found = rule_factors(
        frame, amount="dibao", entity="household", period="year", group="township", base=0, at_least=3
    ).frame
    planted = frame.drop_duplicates(["township", "year"])[["township", "year", "revision", "generosity"]]
    both = found.merge(planted, on=["township", "year"], validate="one_to_one")
    revised = both["year"] >= both["revision"]
    rule = np.where(revised, 2.02 / both["generosity"] - 1, 1.0)
    relative = both["factor"] / rule
    standard = relative.groupby(both["year"]).transform("median")
    # amounts are rounded to ten yuan a month, of 52 to 470 yuan
    assert (relative / standard).to_numpy() == pytest.approx(np.ones(len(both)), abs=0.10)
    assert (relative / standard).std() < 0.03
