"""Answers follow from what the officials of a township do."""

import numpy as np
import pytest


def test_the_motivation_scale_is_reliable(bundled):
    items = bundled.tables["township_questionnaire"].filter(like="motivation_").to_numpy(float)
    k = items.shape[1]
    alpha = k / (k - 1) * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1))
    assert alpha == pytest.approx(0.8, abs=0.12)


def test_stated_lines_are_shaded_towards_the_official_one(bundled):
    stated = bundled.tables["township_questionnaire"].stated_line / 7300 - 1
    true = bundled.setting.townships.line_factor - 1
    assert np.corrcoef(stated, true)[0, 1] > 0.9
    assert np.abs(stated).mean() < np.abs(true).mean()


def test_villages_of_motivated_officials_call_them_active(bundled):
    answers = bundled.tables["village_questionnaire"]
    rules = bundled.setting.townships
    motivation = answers.township_code.map(dict(zip(rules.code, rules.motivation, strict=True)))
    assert np.corrcoef(answers.officials_active, motivation)[0, 1] > 0.4
    assert 0.9 < len(answers) / 490 < 1


def test_motivated_townships_take_the_first_measure_sooner(bundled):
    rows = bundled.tables["households"].dropna(subset=["first_measure_month"]).drop_duplicates("household_id")
    months = rows[["identified_month", "first_measure_month"]].apply(
        lambda text: text.str[:4].astype(int) * 12 + text.str[5:].astype(int)
    )
    rules = bundled.setting.townships
    motivation = rows.township_code.map(dict(zip(rules.code, rules.motivation, strict=True)))
    assert np.corrcoef(months.first_measure_month - months.identified_month, motivation)[0, 1] < -0.2
