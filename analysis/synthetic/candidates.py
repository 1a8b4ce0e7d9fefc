"""Candidates for public-welfare posts: who they are, and what moves them into a post."""

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.households import counted
from analysis.synthetic.setting import Setting
from analysis.synthetic.streams import Bools, Floats, Ints, Streams, Texts, pick
from analysis.synthetic.truth import Truth

BEFORE = 3
TYPES = {"cleaning": 0.42, "care": 0.26, "roads": 0.14, "patrol": 0.08, "greening": 0.10}


@dataclass(frozen=True, slots=True)
class Candidates:
    """Persons who may take a post, and their draws by year from `BEFORE` years before the first on."""

    person: Ints
    household: Ints
    township: Ints
    age: Ints
    gone: Ints
    died: Bools
    exempt: Bools
    on_paper: Bools
    kind: Texts
    odds: Floats
    start: Floats
    month: Ints
    length: Ints
    quits: Floats
    quit_month: Ints


def candidates_of(setting: Setting, truth: Truth, streams: Streams) -> Candidates:
    """Choose at most two candidates a household, the weaker first, and draw their lots."""
    demography, households = setting.demography, setting.households
    person, rank = chosen(setting)
    household = demography.people.household[person]
    weak = demography.people.capacity[person] == "weak"
    odds = truth.post_start - 1.3 * (rank == 2) - 0.5 * (households.size[household] == 1)
    wish = supply(setting, streams)[households.village[household]]
    rng = streams.of("posts")
    n, years = len(person), setting.calendar.length + BEFORE
    return Candidates(
        person=person,
        household=household,
        township=households.township[household],
        age=setting.calendar.first - demography.people.birth_year[person],
        gone=demography.left[person],
        died=demography.reason[person] == "death",
        exempt=rng.random(n) < truth.post_over_age,
        on_paper=streams.of("posts on paper").random(n) < truth.post_on_paper,
        kind=pick(rng, TYPES, n),
        odds=odds[:, None] + wish + selection(household, weak, setting, truth),
        start=rng.random((n, years)),
        month=rng.integers(0, 12, (n, years)),
        length=rng.choice(truth.post_terms, (n, years)),
        quits=rng.random((n, years)),
        quit_month=rng.integers(0, 12, (n, years)),
    )


def chosen(setting: Setting) -> tuple[Ints, Ints]:
    """Return the persons fit for a post, at most two a household, and their rank in it."""
    people = setting.demography.people
    age = setting.calendar.first - people.birth_year
    able = np.isin(people.capacity, ["weak", "ordinary"]) & (age >= 28) & (age <= 71)
    person = np.flatnonzero(able & (setting.demography.joined == 0))
    weak = people.capacity[person] == "weak"
    person = person[np.lexsort((people.position[person], ~weak, people.household[person]))]
    rank = counted(people.household[person])
    return person[rank <= 2], rank[rank <= 2]


def supply(setting: Setting, streams: Streams) -> Floats:
    """Return the log odds that villages have posts to give, villages by years with those before."""
    rng = streams.of("post supply")
    years = setting.calendar.length + BEFORE
    waves = rng.normal(size=(len(setting.villages.code), years // 3 + 1)).repeat(3, axis=1)[:, :years]
    return setting.villages.post_supply[:, None] + 0.35 * waves + np.linspace(-0.4, 0.45, years)


def selection(household: Ints, weak: Bools, setting: Setting, truth: Truth) -> Floats:
    """Return the log odds that follow from weak labour, low permanent income and a bad preceding year."""
    by_labour, by_income, by_dip = truth.post_selection
    permanent = setting.fortunes.permanent[household] / truth.permanent_sd
    past = setting.fortunes.transitory[household, : setting.calendar.length]
    before = np.zeros((len(household), BEFORE))
    dip = np.concatenate([before, past], axis=1)
    return truth.selection * ((by_labour * weak - by_income * permanent)[:, None] - by_dip * dip)
