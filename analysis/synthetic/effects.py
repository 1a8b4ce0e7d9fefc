"""The effects that really happened: the income equation with and without an instrument, all else the same."""

from dataclasses import dataclass

import numpy as np

from analysis.region_file import INSTRUMENTS, Instrument
from analysis.synthetic.benefits import first_benefits
from analysis.synthetic.history import History
from analysis.synthetic.income import Incomes, compose, net
from analysis.synthetic.setting import Setting
from analysis.synthetic.streams import Bools, Floats, Ints

UNITS: dict[Instrument, str] = {
    "subsidies": "real yuan per capita for each real yuan of subsidies per capita",
    "projects": "real yuan per capita a year of a household-year with a project",
    "posts": "real yuan per capita for each post-year of the household",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """The average effect of an instrument on an outcome among the treated; `event_year` for projects only."""

    instrument: Instrument
    outcome: str
    value: float
    treated: int
    event_year: int | None = None


def outcomes_of(incomes: Incomes, instrument: Instrument) -> dict[str, Floats]:
    """Return the panel's outcomes, nominal yuan of the household."""
    own = {"subsidies": incomes.subsidies, "projects": incomes.dividends, "posts": incomes.posts}[instrument]
    return {
        "income_total": net(incomes),
        f"income_without_{instrument}": net(incomes) - own,
        "income_wages": incomes.wages,
        "income_posts": incomes.posts,
        "income_business": incomes.business - incomes.costs,
        "income_property": incomes.property,
        "income_dividends": incomes.dividends,
        "income_subsidies": incomes.subsidies,
        "income_pensions": incomes.pensions,
        "income_transfers": incomes.transfers,
    }


def differences(setting: Setting, history: History, instrument: Instrument) -> dict[str, Floats]:
    """Return with minus without the instrument, real yuan per capita, households by years."""
    real = np.maximum(setting.demography.size, 1) * setting.calendar.prices
    factual = outcomes_of(compose(setting.base, history.help), instrument)
    without = outcomes_of(compose(setting.base, history.help.without(instrument)), instrument)
    return {outcome: (factual[outcome] - without[outcome]) / real for outcome in factual}


def sample_of(setting: Setting, history: History) -> Bools:
    """Return the household-years that are registered, or monitored since this year or earlier."""
    years = np.arange(setting.calendar.length)
    monitored = history.watch.identified[:, None] < 12 * (years + 1)
    return setting.demography.alive & (setting.households.registered[:, None] | monitored)


def dose_of(setting: Setting, history: History, instrument: Instrument) -> Floats:
    """Return the treatment variable as the panel defines it, households by years."""
    match instrument:
        case "subsidies":
            size = np.maximum(setting.demography.size, 1)
            return history.help.subsidies / size / setting.calendar.prices
        case "projects":
            return (event_years(setting) >= 0).astype(float)
        case "posts":
            return history.post_months / 12


def event_years(setting: Setting) -> Ints:
    """Return years since the first benefit of a project, households by years; negative before."""
    return np.arange(setting.calendar.length) - first_benefits(setting)[:, None]


def realised(setting: Setting, history: History) -> tuple[Effect, ...]:
    """Return the average effects among treated household-years of the sample, per unit of treatment."""
    sample = sample_of(setting, history)
    found: list[Effect] = []
    for instrument in INSTRUMENTS:
        dose = dose_of(setting, history, instrument)
        treated = sample & (dose > 0)
        difference = differences(setting, history, instrument)
        for outcome, change in difference.items():
            value = change[treated].sum() / dose[treated].sum() if treated.any() else 0.0
            found.append(Effect(instrument, outcome, float(value), int(treated.sum())))
        if instrument == "projects":
            found += by_event_year(difference["income_total"], event_years(setting), sample)
    return tuple(found)


def by_event_year(change: Floats, event_year: Ints, sample: Bools) -> list[Effect]:
    """Return the effect of projects on total income by year since the first benefit."""
    years = np.unique(event_year[sample & (event_year >= 0)])
    chosen = [(int(year), sample & (event_year == year)) for year in years]
    return [
        Effect("projects", "income_total", float(change[rows].mean()), int(rows.sum()), year)
        for year, rows in chosen
    ]
