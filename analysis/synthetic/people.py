"""Members of the first year: relation, age, sex, health, schooling and capacity to work."""

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.calendar import Calendar
from analysis.synthetic.households import Households
from analysis.synthetic.streams import Bools, Floats, Ints, Streams, Texts, pick

HEAD_AGE = {True: ((69, 9), (65, 8), (52, 9)), False: ((62, 12), (59, 9), (48, 10))}
ILLNESS_SHARE = 0.85
HEALTH = {
    True: {"healthy": 0.40, "chronic": 0.36, "severe": 0.07, "disabled": 0.17},
    False: {"healthy": 0.86, "chronic": 0.11, "severe": 0.01, "disabled": 0.02},
}
BURDEN = {"healthy": 0.0, "chronic": 0.8, "severe": 2.2, "disabled": 1.5}


@dataclass(frozen=True, slots=True)
class People:
    """One value a person; `household` is a position in Households."""

    household: Ints
    position: Ints
    relation: Texts
    male: Bools
    birth_year: Ints
    health: Texts
    education: Texts
    capacity: Texts

    @property
    def count(self) -> int:
        """Number of persons."""
        return len(self.household)


def people_of(households: Households, calendar: Calendar, streams: Streams) -> People:
    """Draw the members of all households."""
    rng = streams.of("people")
    household = np.repeat(np.arange(households.count), households.size)
    position = np.arange(len(household)) - np.repeat(
        np.cumsum(households.size) - households.size, households.size
    )
    relation = relations(rng, position)
    age = ages(rng, households, household, relation)
    health = healths(rng, households, household, position, age)
    head_male = rng.random(households.count) < np.where(households.size == 1, 0.62, 0.75)
    drawn = rng.random(len(household)) < 0.5
    male = np.where(
        relation == "head", head_male[household], np.where(relation == "spouse", ~head_male[household], drawn)
    )
    education = schooling(rng, age)
    return People(
        household=household,
        position=position + 1,
        relation=relation,
        male=male,
        birth_year=calendar.first - age,
        health=health,
        education=education,
        capacity=capacities(rng, age, health, education, calendar.length),
    )


def relations(rng: np.random.Generator, position: Ints) -> Texts:
    """Return the relation to the head by position in the household."""
    n = len(position)
    second = pick(rng, {"spouse": 0.82, "child": 0.10, "parent": 0.05, "other": 0.03}, n)
    third = pick(rng, {"child": 0.88, "parent": 0.08, "other": 0.04}, n)
    later = pick(rng, {"child": 0.55, "parent": 0.30, "other": 0.15}, n)
    return np.select(
        [position == 0, position == 1, position == 2], [np.full(n, "head", object), second, third], later
    )


def ages(rng: np.random.Generator, households: Households, household: Ints, relation: Texts) -> Ints:
    """Return the ages in the first year."""
    group = np.minimum(households.size, 3) - 1
    table = np.array([HEAD_AGE[False], HEAD_AGE[True]], dtype=float)[households.registered.astype(int), group]
    head = np.clip(table[:, 0] + table[:, 1] * rng.normal(size=households.count), 24, 92)[household]
    z = rng.normal(size=len(household))
    age = np.select(
        [relation == "head", relation == "spouse", relation == "child", relation == "parent"],
        [
            head,
            np.maximum(head - 2 + 3 * z, 21),
            np.maximum(head - 27 + 4 * z, 0),
            np.minimum(head + 25 + 3 * z, 96),
        ],
        np.clip(40 + 18 * z, 3, 85),
    )
    return np.floor(age).astype(np.int64)


def healths(
    rng: np.random.Generator, households: Households, household: Ints, position: Ints, age: Ints
) -> Texts:
    """Return health; in the exact share of registered households somebody is ill or disabled."""
    n = len(household)
    registered = households.registered[household]
    health = np.where(registered, pick(rng, HEALTH[True], n), pick(rng, HEALTH[False], n))
    health = np.where((age < 40) & (rng.random(n) < 0.6), "healthy", health)
    stricken = rng.random(households.count) < ILLNESS_SHARE
    health = np.where(registered & ~stricken[household], "healthy", health)
    well = np.bincount(household, weights=health != "healthy", minlength=households.count) == 0
    struck = (households.registered & stricken & well)[household] & (position == 0)
    return np.where(struck, pick(rng, {"chronic": 0.6, "severe": 0.1, "disabled": 0.3}, n), health)


def schooling(rng: np.random.Generator, age: Ints) -> Texts:
    """Return the education, younger people having more."""
    latent = 3.4 - 0.045 * age + 0.9 * rng.normal(size=len(age))
    levels = np.array(["none", "primary", "lower_secondary", "upper_secondary", "tertiary"], dtype=object)
    schooled = levels[np.searchsorted([0.0, 1.0, 2.2, 3.2], latent)]
    return np.select([age < 7, age < 13, age < 16], ["none", "primary", "lower_secondary"], schooled).astype(
        object
    )


def capacities(rng: np.random.Generator, age: Ints, health: Texts, education: Texts, years: int) -> Texts:
    """Return the capacity to work; who is not yet 16 in the last year has none."""
    burden = np.array([BURDEN[state] for state in health])
    latent: Floats = 2.4 - 0.085 * np.maximum(age - 55, 0) - burden + 0.8 * rng.normal(size=len(age))
    skilled = np.isin(education, ["upper_secondary", "tertiary"]) & (latent > 2.2)
    conditions = [age + years - 1 < 16, latent < 0, latent < 1.3, skilled]
    return np.select(conditions, ["none", "none", "weak", "skilled"], "ordinary").astype(object)
