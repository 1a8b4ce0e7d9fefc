"""What projects pay their beneficiaries, and what they bring in all."""

import numpy as np

from analysis.synthetic.calendar import Calendar
from analysis.synthetic.income import net_base
from analysis.synthetic.setting import Setting
from analysis.synthetic.streams import Floats, Ints, Streams
from analysis.synthetic.truth import Truth

DIVIDEND_RAMP = np.array([0.0, 0.5, 1.0])


def sectors_by_year(setting: Setting) -> Ints:
    """Return the number of sectors that a village's projects have had, villages by years."""
    projects, years = setting.projects, setting.calendar.length
    names, code = np.unique(projects.sector.astype(str), return_inverse=True)
    began = np.full((len(setting.villages.code), len(names)), years)
    np.minimum.at(began, (projects.village, code), projects.started)
    return (began[:, :, None] <= np.arange(years)).sum(axis=1)


def ramp(since: Ints, calendar: Calendar, steps: Floats) -> Floats:
    """Return the step of each event year, 0 before the first; the last step lasts."""
    elapsed = np.arange(calendar.length) - since[:, None]
    return np.where(elapsed < 0, 0.0, steps[np.clip(elapsed, 0, len(steps) - 1)])


def dividends_of(setting: Setting, truth: Truth, streams: Streams) -> Floats:
    """Return the dividends of each household and year, nominal yuan in tens."""
    projects, shares, calendar = setting.projects, setting.shares, setting.calendar
    wobble = streams.of("dividends").uniform(0.85, 1.15, (len(projects.village), calendar.length))
    full = projects.dividend * np.where(projects.idle, truth.idle_factor, 1.0)
    paid = ramp(shares.since, calendar, DIVIDEND_RAMP) * (full[:, None] * wobble)[shares.project]
    total = np.zeros((setting.households.count, calendar.length))
    np.add.at(total, shares.household, 10 * np.rint(paid / 10))
    return total * setting.demography.alive


def first_benefits(setting: Setting) -> Ints:
    """Return the year number of each household's first benefit, past the last year where there is none."""
    since = np.full(setting.households.count, setting.calendar.length)
    np.minimum.at(since, setting.shares.household, setting.shares.since)
    return since


def gains_of(setting: Setting, truth: Truth) -> Floats:
    """Return the total effect of projects, nominal yuan of the household: a share of its base income."""
    projects, shares = setting.projects, setting.shares
    working = np.zeros(setting.households.count)
    np.maximum.at(working, shares.household, np.where(projects.idle, truth.idle_factor, 1.0)[shares.project])
    sectors = np.clip(sectors_by_year(setting), 1, 3)
    diversity = np.array(truth.diversity_gain)[sectors - 1][setting.households.village]
    effect = ramp(first_benefits(setting), setting.calendar, np.array(truth.project_effect))
    return truth.effect_scale * effect * diversity * working[:, None] * np.maximum(net_base(setting.base), 0)
