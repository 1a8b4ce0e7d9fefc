"""Who is present in each year: births, deaths, moves and splits, and the size and workers that follow."""

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.calendar import NEVER, Calendar
from analysis.synthetic.households import Households, counted
from analysis.synthetic.people import People
from analysis.synthetic.streams import Bools, Floats, Ints, Streams, Texts
from analysis.synthetic.truth import Truth

DEATH_AT_30, DEATH_GROWTH = 0.00045, 0.087
FRAILTY = {"healthy": 1.0, "chronic": 1.4, "severe": 2.6, "disabled": 1.5}
ILLNESS_DEATH = 3.0
SPLIT, MOVE, MERGE, BIRTH = 0.018, 0.009, 0.005, 0.035


@dataclass(frozen=True, slots=True)
class Demography:
    """By person: years of joining and leaving, counted from the first. By household and year: the rest."""

    people: People
    joined: Ints
    left: Ints
    reason: Texts
    size: Ints
    workers: Ints
    labour_share: Floats
    pensioners: Ints
    students: Ints
    disabled: Ints

    @property
    def alive(self) -> Bools:
        """Household-years with at least one member; n households by years."""
        return self.size > 0


def demography_of(
    people: People, households: Households, ill: Bools, calendar: Calendar, truth: Truth, streams: Streams
) -> Demography:
    """Let members be born, die and leave; `ill` marks household-years of severe illness."""
    people, joined = with_births(people, calendar, truth, streams)
    age = calendar.years[None, :] - people.birth_year[:, None]
    left, reason = departures(people, households, ill, age, truth, streams)
    left, reason = orphans_leave(people, households, age, joined, left, reason)
    years = np.arange(calendar.length)
    present = (joined[:, None] <= years) & (left[:, None] > years)

    def households_with(trait: Bools) -> Ints:
        counts = np.zeros((households.count, calendar.length), dtype=np.int64)
        np.add.at(counts, people.household, (present & trait).astype(np.int64))
        return counts

    size = households_with(np.ones_like(present))
    workers = households_with((people.capacity != "none")[:, None] & (age >= 16) & (age <= 76))
    return Demography(
        people=people,
        joined=joined,
        left=left,
        reason=reason,
        size=size,
        workers=workers,
        labour_share=workers / np.maximum(size, 1),
        pensioners=households_with(age >= 60),
        students=households_with((age >= 16) & (age <= 20) & (people.relation == "child")[:, None]),
        disabled=households_with(np.broadcast_to((people.health == "disabled")[:, None], present.shape)),
    )


def with_births(people: People, calendar: Calendar, truth: Truth, streams: Streams) -> tuple[People, Ints]:
    """Return the people with the children born later, and the year each joined."""
    rng = streams.of("births")
    age = calendar.first - people.birth_year
    mother = ~people.male & (age >= 20) & (age <= 38) & np.isin(people.relation, ["head", "spouse", "child"])
    wait = rng.geometric(BIRTH, people.count)
    born = np.flatnonzero(mother & (wait < calendar.length) & (truth.attrition > 0))
    _, once = np.unique(people.household[born], return_index=True)
    born = born[once]
    n = len(born)
    household = np.concatenate([people.household, people.household[born]])
    joined = np.concatenate([np.zeros(people.count, dtype=np.int64), wait[born]])
    order = np.argsort(household, kind="stable")

    def joined_by(values: np.ndarray, added: np.ndarray) -> np.ndarray:
        return np.concatenate([values, added])[order]

    grown = People(
        household=household[order],
        position=counted(household[order]),
        relation=joined_by(people.relation, np.full(n, "child", object)),
        male=joined_by(people.male, rng.random(n) < 0.52),
        birth_year=joined_by(people.birth_year, calendar.first + wait[born]),
        health=joined_by(people.health, np.full(n, "healthy", object)),
        education=joined_by(people.education, np.full(n, "none", object)),
        capacity=joined_by(people.capacity, np.full(n, "none", object)),
    )
    return grown, joined[order]


def departures(
    people: People, households: Households, ill: Bools, age: Ints, truth: Truth, streams: Streams
) -> tuple[Ints, Texts]:
    """Return the year of leaving, NEVER for most, and its reason; nobody leaves in the first year."""
    rng = streams.of("departures")
    frailty = np.array([FRAILTY[state] for state in people.health])[:, None]
    death = DEATH_AT_30 * np.exp(DEATH_GROWTH * (age - 30)) * frailty
    death = np.minimum(death * np.where(ill[people.household], ILLNESS_DEATH, 1.0), 0.5)
    child = (people.relation == "child")[:, None] & (age >= 18) & (age <= 32)
    old = (households.size[people.household] == 1)[:, None] & (age >= 60)
    rates = truth.attrition * np.stack([death, SPLIT * child, MOVE * child + MERGE * old])
    drawn = rng.random(age.shape)
    event = np.sum(drawn >= np.cumsum(rates, axis=0), axis=0)
    event[:, 0] = 3
    gone = event < 3
    left = np.where(gone.any(axis=1), gone.argmax(axis=1), NEVER)
    which = event[np.arange(people.count), gone.argmax(axis=1)]
    return left, np.array(["death", "split", "moved", None], dtype=object)[which]


def orphans_leave(
    people: People, households: Households, age: Ints, joined: Ints, left: Ints, reason: Texts
) -> tuple[Ints, Texts]:
    """Let children move away in the year when no adult is left, and drop births into empty households."""
    adult = age[:, 0] >= 16
    last = np.zeros(households.count, dtype=np.int64)
    np.maximum.at(last, people.household[adult], left[adult])
    bound = last[people.household]
    orphaned = ~adult & (left > bound)
    return (
        np.where(orphaned, np.maximum(bound, joined), left),
        np.where(orphaned, "moved", reason).astype(object),
    )
