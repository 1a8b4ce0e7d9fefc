"""Answers of townships and villages, which follow from what their officials do."""

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.synthetic.band import post_gain
from analysis.synthetic.history import History
from analysis.synthetic.records import in_order, yes_no
from analysis.synthetic.setting import Setting
from analysis.synthetic.streams import Floats, Ints, Streams, Texts, standardised
from analysis.synthetic.truth import Truth

LOADING = 0.78
VIEW = (0.75, 0.65)
"""What villages say of officials: weights of their motivation and of chance."""
ANSWERS = np.arange(1, 6)
SCALE = (3.4, 0.9)
"""Mean answer for an attitude of 0, and answers for one standard deviation of it."""
HOUSEHOLDS_PER_REGISTERED = 15
DIFFICULTIES = np.array(["criteria", "funds", "staff", "information"], dtype=object)


def scale_of_five(latent: Floats) -> Ints:
    """Return answers from 1 to 5 for a latent attitude around 0."""
    start, slope = SCALE
    return np.clip(np.rint(start + slope * latent), ANSWERS[0], ANSWERS[-1]).astype(np.int64)


def township_answers(setting: Setting, truth: Truth, codebook: Codebook, streams: Streams) -> pd.DataFrame:
    """Return one row a township: rules as stated, four items of one motivation, visits, main difficulty."""
    rng = streams.of("township answers")
    rules = setting.townships
    n = len(rules.code)
    official = setting.calendar.lines[-1]
    admitted = 1 + (1 - truth.shading) * (rules.line_factor - 1)
    items = {
        f"motivation_{k}": scale_of_five(
            LOADING * rules.motivation + np.sqrt(1 - LOADING**2) * rng.normal(size=n)
        )
        for k in range(1, 5)
    }
    columns = {
        "township_code": rules.code,
        "stated_line": 50 * np.rint(official * admitted * (1 + 0.01 * rng.normal(size=n)) / 50),
        "stated_exit_multiple": np.round(0.6 * rules.exit_multiple + 0.4 * rules.exit_multiple.mean(), 1),
        "stated_min_spell": np.clip(rules.minimum_spell + rng.integers(-1, 2, n), 0, 60),
        "criteria_clear": scale_of_five(0.6 - 8 * np.abs(rules.line_factor - 1) + 0.5 * rng.normal(size=n)),
        **items,
        "visits_per_month": np.round(
            np.maximum(7 + 2.2 * rules.motivation + 1.2 * rng.normal(size=n), 0.5), 1
        ),
        "main_difficulty": difficulties(setting, rng),
    }
    return in_order("township_questionnaire", columns, codebook)


def difficulties(setting: Setting, rng: np.random.Generator) -> Texts:
    """Return the difficulty that weighs most in each township."""
    rules = setting.townships
    weight = np.stack(
        [
            standardised(np.abs(rules.line_factor - 1)),
            standardised(rules.single_path),
            -rules.motivation,
            rng.normal(size=len(rules.code)),
        ]
    )
    return DIFFICULTIES[(weight + 0.6 * rng.normal(size=weight.shape)).argmax(axis=0)]


def village_answers(
    setting: Setting, history: History, truth: Truth, codebook: Codebook, streams: Streams
) -> pd.DataFrame:
    """Return one row a village that answered; one in twenty did not."""
    rng = streams.of("village answers")
    villages = setting.villages
    n = len(villages.code)
    drive = setting.townships.motivation[villages.township]
    registered = np.bincount(setting.households.village, weights=setting.households.registered, minlength=n)
    use = standardised(post_gain(history.funds.mean(axis=1), truth))
    fit = standardised(fit_of_subsidies(setting, history))
    columns = {
        "village_code": villages.code,
        "township_code": setting.townships.code[villages.township],
        "village_households": np.rint(
            60 + HOUSEHOLDS_PER_REGISTERED * registered * rng.uniform(0.7, 1.3, n)
        ).astype(int),
        "key_village": yes_no(villages.key),
        "collective_income": 1000
        * np.rint(85 * np.exp(0.35 * villages.ability + 0.5 * rng.normal(size=n))).astype(int),
        "policy_known": scale_of_five(0.45 * drive + 0.8 * rng.normal(size=n)),
        "officials_active": scale_of_five(VIEW[0] * drive + VIEW[1] * rng.normal(size=n)),
        "subsidies_fit": scale_of_five(0.5 * fit + 0.2 * drive + 0.8 * rng.normal(size=n)),
        "posts_useful": scale_of_five(0.5 * use + 0.2 * drive + 0.75 * rng.normal(size=n)),
    }
    answered = rng.random(n) < 0.95
    return in_order("village_questionnaire", columns, codebook)[answered].reset_index(drop=True)


def fit_of_subsidies(setting: Setting, history: History) -> Floats:
    """Return by village how far subsidies per capita follow low permanent income of the registered."""
    registered = setting.households.registered
    village = setting.households.village[registered]
    size = np.maximum(setting.demography.size[registered], 1)
    grant = standardised((history.help.subsidies[registered] / size).mean(axis=1))
    need = standardised(-setting.fortunes.permanent[registered])
    n = len(setting.villages.code)
    return np.bincount(village, weights=grant * need, minlength=n) / np.maximum(
        np.bincount(village, minlength=n), 1
    )
