"""Industrial projects: where and when they start, in which sector, who benefits, what they pay."""

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.calendar import Calendar
from analysis.synthetic.fortunes import Fortunes
from analysis.synthetic.households import Households
from analysis.synthetic.places import Places
from analysis.synthetic.streams import Bools, Floats, Ints, Streams, Texts, chance, pick, standardised
from analysis.synthetic.truth import Truth

MOST = 4
LATE_SHARE = 0.07
OTHER_SECTORS = {
    "greenhouse": 0.34,
    "locust": 0.14,
    "shrimp": 0.08,
    "mealworm": 0.09,
    "birds": 0.06,
    "workshop": 0.20,
    "other": 0.09,
}
IDLE_SINGLE, IDLE_OTHER = 0.04, 0.10
"""Probability that the asset of a photovoltaic project, or of another, stands idle."""
FUNDS = {"central": 0.42, "provincial": 0.33, "city": 0.17, "cooperation": 0.08}


@dataclass(frozen=True, slots=True)
class Projects:
    """One value a project; `started` counts years from the first."""

    village: Ints
    started: Ints
    sector: Texts
    idle: Bools
    guaranteed: Floats
    paid: Floats
    funds: Texts
    dividend: Floats
    size_factor: Floats
    price: Floats


@dataclass(frozen=True, slots=True)
class Shares:
    """Beneficiaries: project and household as positions, and the year number the benefit starts."""

    project: Ints
    household: Ints
    since: Ints


def projects_of(places: Places, calendar: Calendar, truth: Truth, streams: Streams) -> Projects:
    """Draw the projects; able villages have more of them and have them earlier."""
    villages, townships = places.villages, places.townships
    rng = streams.of("projects")
    n = len(villages.code)
    pull = truth.selection * truth.project_selection[0] * villages.ability
    number = np.minimum((rng.random(n) < chance(2.2 + pull)) + rng.poisson(np.exp(-0.35 + 0.35 * pull)), MOST)
    village = np.repeat(np.arange(n), number)
    rank = np.arange(len(village)) - np.repeat(np.cumsum(number) - number, number)
    latest = calendar.length - 1
    late = 4.0 * (rng.random(n) < LATE_SHARE)
    start = (1.9 - 0.45 * pull + late)[village] + 0.8 * rank + 0.7 * rng.normal(size=len(village))
    single = rng.random(len(village)) < townships.single_path[villages.township[village]]
    sector = np.where(single, "photovoltaic", pick(rng, other_sectors(truth), len(village))).astype(object)
    idle = rng.random(len(village)) < np.where(single, IDLE_SINGLE, IDLE_OTHER)
    guaranteed = np.round(rng.uniform(0.087, 0.116, len(village)), 3)
    sunny = np.where(single, rng.uniform(0.9, 1.5, len(village)), rng.uniform(0.55, 1.05, len(village)))
    return Projects(
        village=village,
        started=np.clip(np.rint(start), 0, latest).astype(np.int64),
        sector=sector,
        idle=idle,
        guaranteed=guaranteed,
        paid=np.round(guaranteed * sunny * np.where(idle, truth.idle_factor, 1.0), 3),
        funds=pick(rng, FUNDS, len(village)),
        dividend=truth.dividend * 0.95 * np.exp(0.3 * rng.normal(size=len(village)) - 0.045),
        size_factor=np.exp(0.5 * rng.normal(size=len(village)))
        * np.where(rng.random(len(village)) < 0.13, 5.0, 1.0),
        price=np.where(sector == "photovoltaic", truth.path_price, 1.0),
    )


def other_sectors(truth: Truth) -> dict[str, float]:
    """Return how likely each sector is of a project that is not photovoltaic."""
    return {
        name: share * truth.single_path + (1 - truth.single_path) / len(OTHER_SECTORS)
        for name, share in OTHER_SECTORS.items()
    }


def shares_of(
    projects: Projects,
    households: Households,
    fortunes: Fortunes,
    calendar: Calendar,
    truth: Truth,
    streams: Streams,
) -> Shares:
    """Draw who benefits from which project of the village, and since when."""
    rng = streams.of("beneficiaries")
    chosen = np.flatnonzero(households.registered)
    able = standardised(fortunes.permanent[chosen])
    _, personal, ties = truth.project_selection
    odds = 0.05 + truth.selection * (personal * able + ties * (households.connected[chosen] - 0.25))
    draws = rng.random((len(chosen), MOST))
    lag = rng.choice(3, (len(chosen), MOST), p=[0.75, 0.2, 0.05])
    first = np.searchsorted(projects.village, households.village[chosen], side="left")
    last = np.searchsorted(projects.village, households.village[chosen], side="right")
    found = []
    for k in range(MOST):
        joins = (first + k < last) & (draws[:, k] < chance(odds if k == 0 else odds - 1.9))
        project = (first + k)[joins]
        found.append((project, chosen[joins], projects.started[project] + lag[joins, k]))
    project, household, since = (np.concatenate(parts) for parts in zip(*found, strict=True))
    kept = since < calendar.length
    order = np.lexsort((household[kept], project[kept]))
    return Shares(project[kept][order], household[kept][order], since[kept][order])
