"""Subsidies: who is granted which kind, in rigid amounts that follow need only roughly."""

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.calendar import Calendar
from analysis.synthetic.places import Townships
from analysis.synthetic.setting import Setting
from analysis.synthetic.streams import Bools, Floats, Ints, Streams
from analysis.synthetic.truth import Truth

GRADE_EDGES = np.array([0.8, 1.3, 1.85])
REWARDS = np.array([500.0, 1000.0, 1000.0, 2000.0, 3000.0])
RELIEF = np.array([500.0, 1000.0, 1000.0, 2000.0, 3000.0])
TRAVEL = np.array([200.0, 300.0, 300.0, 500.0])
YULU, PREMIUM = 3000.0, 100.0


@dataclass(frozen=True, slots=True)
class Lots:
    """Draws by household and year that decide grants, and fixed traits of the household."""

    need: Floats
    noise: Floats
    review: Floats
    destitute: Bools
    reward: Floats
    reward_amount: Floats
    travel: Floats
    travel_amount: Floats
    relief: Floats
    first_measure: Floats
    relief_amount: Floats
    student: Floats
    premium: Floats
    revised: Floats


@dataclass(frozen=True, slots=True)
class Circle:
    """Who may be granted what in a year: registered or monitored, struck, measured, invested."""

    poor: Bools
    hardship: Bools
    measured: Bools
    invested: Bools


@dataclass(frozen=True, slots=True)
class Grants:
    """Nominal yuan of one year by kind and household, 0 where nothing is granted; the grade is of dibao."""

    grade: Ints
    amounts: dict[str, Floats]


def lots_of(setting: Setting, truth: Truth, streams: Streams) -> Lots:
    """Draw what decides the grants."""
    households = setting.households
    rng = streams.of("subsidies")
    shape = (households.count, setting.calendar.length)
    permanent = setting.fortunes.permanent / truth.permanent_sd
    need = -truth.selection * truth.dibao_need[0] * permanent + 0.25 * rng.normal(size=households.count)
    need = np.where(households.registered, need, need + 0.3 - 1.5 * ~households.marginal)
    helpless = households.registered & (setting.demography.workers[:, 0] == 0) & (households.size == 1)
    odds = np.where(helpless, 0.14 * np.exp(-0.5 * truth.selection * permanent), 0.0)
    return Lots(
        need=need,
        noise=0.45 * rng.normal(size=shape),
        review=rng.random(shape),
        destitute=rng.random(households.count) < odds,
        reward=rng.random(shape),
        reward_amount=rng.choice(REWARDS, shape),
        travel=rng.random(shape),
        travel_amount=rng.choice(TRAVEL, shape),
        relief=rng.random(shape),
        relief_amount=rng.choice(RELIEF, shape),
        student=rng.random(households.count),
        premium=rng.random(households.count),
        first_measure=streams.of("first measures").random(households.count),
        revised=generosity(setting.townships, setting.calendar)[households.township],
    )


def generosity(townships: Townships, calendar: Calendar) -> Floats:
    """Return each township's factor on dibao amounts, which a rule revises once: townships by years."""
    later = np.arange(calendar.length) >= townships.dibao_revision[:, None]
    return np.where(later, 2.02 - townships.dibao_generosity[:, None], townships.dibao_generosity[:, None])


def grade_of(t: int, before: Ints, known: Floats, lots: Lots, setting: Setting, truth: Truth) -> Ints:
    """Return the dibao grade, 0 to 3, reviewed now and then; `known` is last year's real reported income."""
    _, by_past, by_labour = truth.dibao_need
    past = truth.selection * by_past * (known - setting.fortunes.level[:, t]) / truth.permanent_sd
    helpless = by_labour * (setting.demography.workers[:, t] == 0)
    fresh = np.searchsorted(GRADE_EDGES, lots.need - past + helpless + lots.noise[:, t])
    reviewed = (lots.review[:, t] < truth.dibao_review) | (t == 0)
    return np.where(lots.destitute, 0, np.where(reviewed, fresh, before))


def with_measure(grade: Ints, measured: Bools, lots: Lots, truth: Truth) -> Ints:
    """Return the dibao grade after the first measure for the monitored, which often is the lowest grade."""
    taken = measured & ~lots.destitute & (lots.first_measure < truth.measure_dibao)
    return np.where(taken, np.maximum(grade, 1), grade)


def grants_of(t: int, grade: Ints, lots: Lots, setting: Setting, circle: Circle, truth: Truth) -> Grants:
    """Return the grants of year number `t`."""
    demography = setting.demography
    size, poor = demography.size[:, t], circle.poor
    able = poor & (demography.workers[:, t] > 0)
    in_need = poor & (circle.measured | (circle.hardship & (lots.relief[:, t] < truth.relief_share)))
    rewarded = able & (lots.reward[:, t] < 0.10 + 0.05 * circle.invested)
    amounts = {
        "dibao": dibao(t, grade, lots, truth) * size,
        "tekun": truth.tekun_standard[t] * size * lots.destitute,
        "disability": truth.disability_rate[t] * demography.disabled[:, t] * poor,
        "industry_reward": lots.reward_amount[:, t] * rewarded,
        "travel": lots.travel_amount[:, t] * (able & (lots.travel[:, t] < 0.10)),
        "prompt_relief": lots.relief_amount[:, t] * in_need,
        "yulu": YULU * (poor & (demography.students[:, t] > 0) & (lots.student < 0.5)),
        "premium": PREMIUM * (poor & (lots.premium < 0.3)),
    }
    alive = demography.alive[:, t].astype(float)
    return Grants(grade, {name: amount * alive for name, amount in amounts.items()})


def grants_by_need(t: int, grade: Ints, own: Floats, lost: Floats, setting: Setting) -> Grants:
    """Return grants that follow need: what `own` income lacks to the line, and of a loss what that leaves.

    Both in nominal yuan of the household.
    """
    short = np.maximum(setting.calendar.lines[t] * setting.demography.size[:, t] - own, 0)
    alive = setting.demography.alive[:, t].astype(float)
    amounts = {"dibao": short, "prompt_relief": np.maximum(lost - short, 0)}
    return Grants(grade, {name: np.rint(amount) * alive for name, amount in amounts.items()})


def dibao(t: int, grade: Ints, lots: Lots, truth: Truth) -> Floats:
    """Return the dibao of a person in a year: by grade and township alone, in tens of yuan a month."""
    share = np.array([0.0, *truth.dibao_grades])[grade]
    return 120 * np.rint(truth.dibao_standard[t] * share * lots.revised[:, t] / 120)
