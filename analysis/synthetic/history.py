"""The years of a county one after another: inclusion, posts, subsidies, income, report, removal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from analysis.synthetic.band import post_gain
from analysis.synthetic.benefits import dividends_of, gains_of
from analysis.synthetic.candidates import BEFORE, Candidates, candidates_of
from analysis.synthetic.income import Help, compose, net
from analysis.synthetic.monitoring import Chances, Watch, chances_of, included, means_of, nobody, removed
from analysis.synthetic.posts import Terms, monthly_pay, months_in, new_terms, no_terms
from analysis.synthetic.reporting import Pens, Report, pens_of, reported, stacked
from analysis.synthetic.setting import Setting
from analysis.synthetic.streams import Floats, Ints, Streams
from analysis.synthetic.subsidies import (
    Circle,
    Grants,
    Lots,
    grade_of,
    grants_by_need,
    grants_of,
    lots_of,
    with_measure,
)
from analysis.synthetic.truth import Truth

COUNTABLE = ("dibao", "tekun", "disability", "industry_reward", "travel", "prompt_relief")


@dataclass(frozen=True, slots=True)
class Lottery:
    """All draws that the yearly decisions use, and the projects' money by household and year."""

    candidates: Candidates
    lots: Lots
    chances: Chances
    pens: Pens
    dividends: Floats
    project_gain: Floats


@dataclass(frozen=True, slots=True)
class Year:
    """One year as it came about, and the monitoring and terms at its end; `funds` are by village."""

    watch: Watch
    terms: Terms
    grants: Grants
    help: Help
    report: Report
    post_months: Ints
    funds: Floats


@dataclass(frozen=True, slots=True)
class History:
    """All years: help and reports as arrays of households by years, terms and monitoring at the end."""

    watch: Watch
    terms: Terms
    candidates: Candidates
    grants: tuple[Grants, ...]
    help: Help
    report: Report
    post_months: Ints
    funds: Floats


def unfold(setting: Setting, truth: Truth, streams: Streams, progress: Callable[[str], None]) -> History:
    """Let the years of a county happen."""
    lottery = Lottery(
        candidates=candidates_of(setting, truth, streams),
        lots=lots_of(setting, truth, streams),
        chances=chances_of(setting, streams),
        pens=pens_of(setting.households.count, setting.calendar.length, streams),
        dividends=dividends_of(setting, truth, streams),
        project_gain=gains_of(setting, truth),
    )
    years: list[Year] = []
    for year in happen(setting, lottery, truth):
        progress(f"year {setting.calendar.first + len(years)}")
        years.append(year)
    return History(
        watch=years[-1].watch,
        terms=years[-1].terms,
        candidates=lottery.candidates,
        grants=tuple(year.grants for year in years),
        help=all_help([year.help for year in years]),
        report=stacked([year.report for year in years]),
        post_months=np.stack([year.post_months for year in years], axis=1),
        funds=np.stack([year.funds for year in years], axis=1),
    )


def all_help(years: list[Help]) -> Help:
    """Return the help of all years as arrays of households by years."""
    return Help(**{f.name: np.stack([getattr(year, f.name) for year in years], axis=1) for f in fields(Help)})


def happen(setting: Setting, lottery: Lottery, truth: Truth) -> Iterator[Year]:
    """Yield the years in order; each begins with what officials know of the year before."""
    registered = setting.households.registered
    watch, terms = nobody(setting.households.count), no_terms()
    for t in range(-BEFORE, 0):
        unwatched = np.zeros_like(registered)
        terms = new_terms(t, terms, lottery.candidates, registered, unwatched, setting.townships, truth)
    known = (setting.fortunes.level[:, 0] + setting.fortunes.permanent) * setting.calendar.prices[0]
    grade = np.zeros(setting.households.count, dtype=np.int64)
    for t in range(setting.calendar.length):
        watch = included(t, watch, known, setting, lottery.chances, truth)
        real = known / setting.calendar.prices[max(t - 1, 0)]
        grade = grade_of(t, grade, real, lottery.lots, setting, truth)
        year = live(t, watch, terms, grade, setting, lottery, truth)
        yield year
        watch, terms, known = year.watch, year.terms, year.report.per_capita.astype(float)


def live(
    t: int, watch: Watch, terms: Terms, grade: Ints, setting: Setting, lottery: Lottery, truth: Truth
) -> Year:
    """Return year number `t`: posts and subsidies are granted, income earned and reported, risks removed."""
    poor = setting.households.registered | watch.under(t) | truth.flexible_subsidies
    terms = new_terms(t, terms, lottery.candidates, poor, watch.under(t), setting.townships, truth)
    post_months, pay = posts_by_household(t, terms, lottery.candidates, setting)
    circle = Circle(
        poor=poor,
        hardship=setting.shock[:, t] != np.array(None),
        measured=(watch.measure >= 12 * t) & (watch.measure < 12 * t + 12),
        invested=lottery.project_gain[:, t] > 0,
    )
    grade = with_measure(grade, circle.measured, lottery.lots, truth)
    funds = village_funds(t, pay, watch, setting)
    unsubsidised = help_of(t, pay, funds, np.zeros(len(pay)), setting, lottery, truth)
    if truth.flexible_subsidies:
        struck = circle.hardship * setting.base.losses[:, t]
        grants = grants_by_need(t, grade, net(compose(setting.base.at(t), unsubsidised)), struck, setting)
    else:
        grants = grants_of(t, grade, lottery.lots, setting, circle, truth)
    help_ = replace(unsubsidised, subsidies=countable(grants))
    line = setting.calendar.lines[t] * setting.townships.line_factor[setting.households.township]
    incomes = compose(setting.base.at(t), help_)
    report = reported(t, incomes, setting.demography.size[:, t], line, lottery.pens, truth)
    labour = setting.demography.workers[:, t] > 0
    means = means_of(post_months > 0, circle.invested, labour, lottery.chances.means)
    watch = removed(t, watch, report.per_capita, means, setting, lottery.chances, truth)
    return Year(watch, terms, grants, help_, report, post_months, funds)


def countable(grants: Grants) -> Floats:
    """Return the grants that count as income, by household."""
    return np.sum([amount for kind, amount in grants.amounts.items() if kind in COUNTABLE], axis=0)


def posts_by_household(t: int, terms: Terms, candidates: Candidates, setting: Setting) -> tuple[Ints, Floats]:
    """Return months in posts and their pay in year number `t`, by household."""
    n = setting.households.count
    months = months_in(t, terms)
    household = candidates.household[terms.candidate]
    pay = months * monthly_pay(t, terms, candidates, setting.townships)
    return (
        np.bincount(household, weights=months, minlength=n).astype(np.int64),
        np.bincount(household, weights=pay, minlength=n).astype(np.float64),
    )


def village_funds(t: int, pay: Floats, watch: Watch, setting: Setting) -> Floats:
    """Return each village's post pay in real yuan per registered or ever monitored household."""
    villages, village = len(setting.villages.code), setting.households.village
    known = setting.households.registered | (watch.identified < 12 * (t + 1))
    households = np.bincount(village, weights=known & setting.demography.alive[:, t], minlength=villages)
    total = np.bincount(village, weights=pay, minlength=villages)
    return total / np.maximum(households, 1) / setting.calendar.prices[t]


def help_of(
    t: int, pay: Floats, funds: Floats, subsidies: Floats, setting: Setting, lottery: Lottery, truth: Truth
) -> Help:
    """Return the help of year number `t` by household."""
    able = setting.demography.workers[:, t] > 0
    pass_through = np.where(able, setting.households.pass_through, truth.pass_through_no_labour)
    return Help(
        post_pay=pay,
        post_gain=post_gain(funds, truth)[setting.households.village],
        subsidies=subsidies,
        pass_through=truth.effect_scale * pass_through,
        dividends=lottery.dividends[:, t],
        project_gain=lottery.project_gain[:, t],
    )
