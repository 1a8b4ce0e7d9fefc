"""Public-welfare posts: terms that switch on and off, and what they pay."""

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.calendar import NEVER
from analysis.synthetic.candidates import BEFORE, Candidates
from analysis.synthetic.places import Townships
from analysis.synthetic.streams import Bools, Ints, Texts, chance
from analysis.synthetic.truth import Truth

TYPE_PAY = {"cleaning": 0, "care": 100, "roads": 0, "patrol": -100, "greening": 0}
OTHER_WORK, DISMISSED = 0.035, 0.015
MONITORED_ODDS = 1.3
EXEMPT_UNTIL = 78
LONGEST = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """One value a term, in months from January of the first year; `due` and `end` are the month after."""

    candidate: Ints
    start: Ints
    due: Ints
    end: Ints
    reason: Texts
    on_paper: Bools


def no_terms() -> Terms:
    """Return the terms before anybody held a post."""
    nothing = np.empty(0, dtype=np.int64)
    return Terms(nothing, nothing, nothing, nothing, np.empty(0, dtype=object), np.empty(0, dtype=bool))


def new_terms(
    t: int,
    terms: Terms,
    candidates: Candidates,
    entitled: Bools,
    monitored: Bools,
    rules: Townships,
    truth: Truth,
) -> Terms:
    """Return the terms with those that start in year number `t`; `entitled`, `monitored` are by household."""
    column = t + BEFORE
    free_from = np.full(len(candidates.person), -NEVER)
    np.maximum.at(free_from, terms.candidate, terms.end)
    renewed = (free_from > 12 * (t - 1)) & (free_from <= 12 * t)
    limit = age_limits(t, candidates, rules)
    present = (candidates.gone > max(t, 0)) & (candidates.age + t < limit) & (free_from <= 12 * t)
    odds = candidates.odds[:, column] + truth.post_renewal * renewed
    odds += MONITORED_ODDS * monitored[candidates.household]
    wants = candidates.start[:, column] < chance(odds)
    starts = np.flatnonzero(wants & present & entitled[candidates.household])
    month = candidates.month[starts, column]
    begin = 12 * t + np.where(renewed[starts], month // 4, month)
    due = begin + candidates.length[starts, column]
    end, reason = endings(starts, begin, due, candidates, limit)
    return Terms(
        candidate=np.concatenate([terms.candidate, starts]),
        start=np.concatenate([terms.start, begin]),
        due=np.concatenate([terms.due, due]),
        end=np.concatenate([terms.end, end]),
        reason=np.concatenate([terms.reason, reason]),
        on_paper=np.concatenate([terms.on_paper, candidates.on_paper[starts]]),
    )


def age_limits(t: int, candidates: Candidates, rules: Townships) -> Ints:
    """Return the age limit that is applied to each candidate in year number `t`."""
    lenient = candidates.exempt & ~supervised(t, rules)[candidates.township]
    return np.where(lenient, EXEMPT_UNTIL, rules.age_limit[candidates.township])


def endings(starts: Ints, begin: Ints, due: Ints, candidates: Candidates, limit: Ints) -> tuple[Ints, Texts]:
    """Return the end of each term and its reason, the earliest of all that may end it."""
    departed = 12 * candidates.gone[starts]
    died = candidates.died[starts]
    ends = [due, 12 * (limit[starts] - candidates.age[starts] + 1)]
    ends += [np.where(died, departed, NEVER), np.where(died, NEVER, departed)]
    reasons = ["term", "age", "death", "job"]
    for later in range(LONGEST):
        column = np.minimum(begin // 12 + later + BEFORE, candidates.quits.shape[1] - 1)
        month = 12 * (begin // 12 + later) + candidates.quit_month[starts, column]
        month = np.where(month > begin, month, NEVER)
        drawn = candidates.quits[starts, column]
        ends.append(np.where(drawn < OTHER_WORK, month, NEVER))
        ends.append(np.where((drawn >= OTHER_WORK) & (drawn < OTHER_WORK + DISMISSED), month, NEVER))
        reasons += ["job", "dismissed"]
    every = np.stack(ends)
    return every.min(axis=0), np.array(reasons, dtype=object)[every.argmin(axis=0)]


def supervised(t: int, rules: Townships) -> Bools:
    """Return which townships' posts a third party supervises in year number `t`."""
    return rules.supervised_from <= t


def held_in(t: int, terms: Terms) -> Ints:
    """Return the months of each term in year number `t` by its dates."""
    return np.maximum(np.minimum(terms.end, 12 * t + 12) - np.maximum(terms.start, 12 * t), 0)


def months_in(t: int, terms: Terms) -> Ints:
    """Return the months worked in each term in year number `t`; none in a post that stands on paper only."""
    return np.where(terms.on_paper, 0, held_in(t, terms))


def monthly_pay(t: int, terms: Terms, candidates: Candidates, rules: Townships) -> Ints:
    """Return the monthly pay of each term in year number `t`, nominal yuan."""
    township = candidates.township[terms.candidate]
    extra = np.array([TYPE_PAY[kind] for kind in candidates.kind[terms.candidate]], dtype=np.int64)
    return rules.post_pay[township] + extra + 100 * (rules.pay_rise[township] & (t >= 5))
