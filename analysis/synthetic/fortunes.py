"""Income that households would have without any instrument, by source, with its shocks."""

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.calendar import Calendar
from analysis.synthetic.demography import Demography
from analysis.synthetic.households import Households
from analysis.synthetic.income import Base
from analysis.synthetic.places import Places, Villages
from analysis.synthetic.streams import Floats, Ints, Streams, Texts
from analysis.synthetic.truth import Truth

SHOCKS = np.array([None, "illness", "disaster", "job_loss"], dtype=object)
LEAST, LEAST_EARNED = -500.0, 300.0
SHARES_LABOUR = (0.58, 0.22, 0.045, 0.155)
SHARES_NO_LABOUR = (0.25, 0.25, 0.06, 0.44)


@dataclass(frozen=True, slots=True)
class Fortunes:
    """`permanent` by household, `transitory` by household and year from the year before the first on."""

    permanent: Floats
    transitory: Floats
    level: Floats


def shocks_of(
    households: Households, places: Places, calendar: Calendar, truth: Truth, streams: Streams
) -> Texts:
    """Draw the shock of each household and year; disasters strike townships, work was lost most in 2020."""
    rng = streams.of("shocks")
    shape = (households.count, calendar.length)
    struck = rng.random((len(places.townships.code), calendar.length)) < 0.25
    illness, disaster, job_loss = truth.shock_rates
    rates = np.stack(
        [
            np.full(shape, illness),
            disaster * np.where(struck, 3.0, 0.33)[households.township],
            np.broadcast_to(job_loss * np.where(calendar.years == 2020, 2.0, 1.0), shape),
        ]
    )
    drawn = rng.random(shape)
    code = np.sum(drawn >= np.cumsum(rates, axis=0), axis=0)
    code = np.where((code == 3) | (truth.volatility == 0), 0, code + 1)
    return SHOCKS[code]


def fortunes_of(
    households: Households, places: Places, calendar: Calendar, truth: Truth, streams: Streams
) -> Fortunes:
    """Draw permanent and transitory income and set the level of each year.

    Permanent income leaves everybody something to live on in the first year: a floor under each year's
    income instead would let the poorest grow more slowly than those whom projects choose.
    """
    rng = streams.of("permanent income")
    n = households.count
    own = truth.permanent_sd * rng.normal(size=n)
    other = truth.permanent_sd_ordinary * rng.normal(size=n) - truth.marginal_gap * households.marginal
    local = truth.village_sd * places.villages.ability[households.village]
    level = np.where(
        households.registered[:, None], np.array(truth.level_registered), np.array(truth.level_ordinary)
    )
    permanent = np.maximum(np.where(households.registered, own, other) + local, LEAST_EARNED - level[:, 0])
    volatility = places.townships.volatility[households.township]
    transitory = autoregression(n, calendar.length + 1, truth.transitory_persistence, streams)
    return Fortunes(permanent, truth.volatility * volatility[:, None] * transitory, level)


def autoregression(n: int, years: int, persistence: float, streams: Streams) -> Floats:
    """Return stationary AR(1) paths of unit spread, n by years."""
    noise = streams.of("transitory income").normal(size=(n, years))
    path = np.empty_like(noise)
    path[:, 0] = noise[:, 0]
    for t in range(1, years):
        path[:, t] = persistence * path[:, t - 1] + np.sqrt(1 - persistence**2) * noise[:, t]
    return path


def base_of(
    fortunes: Fortunes,
    shock: Texts,
    households: Households,
    villages: Villages,
    demography: Demography,
    calendar: Calendar,
    truth: Truth,
    streams: Streams,
) -> Base:
    """Return the income of each source without any instrument, nominal yuan of the household."""
    per_capita = additive(fortunes, households, villages, demography, truth)
    local = truth.place_year_sd * place_years(villages, calendar, truth, streams)[households.village]
    per_capita = np.maximum(per_capita + fortunes.level * local, LEAST)
    earned = np.maximum(per_capita, LEAST_EARNED)
    money = earned * demography.size * calendar.prices
    pensions = np.minimum(demography.pensioners * np.array(truth.pension_rate), 0.8 * money)
    wages, business, property_, transfers = split(money - pensions, households, demography.workers, streams)
    ratio = streams.of("business costs").uniform(0.25, 0.45, households.count)[:, None]
    return Base(
        wages=wages,
        business=business / (1 - ratio),
        costs=business * ratio / (1 - ratio),
        property=property_,
        pensions=pensions,
        transfers=transfers,
        losses=(losses(shock, fortunes, truth) + earned - per_capita) * demography.size * calendar.prices,
    )


def additive(
    fortunes: Fortunes, households: Households, villages: Villages, demography: Demography, truth: Truth
) -> Floats:
    """Return real income per capita: level, transitory and permanent part, local trend and labour add up."""
    labour = demography.labour_share - demography.labour_share[households.registered, 0].mean()
    years = np.arange(fortunes.level.shape[1])
    trend = truth.village_trend_sd * villages.trend[:, None] * (years - years.mean())
    return (
        fortunes.level * (1 + truth.transitory_sd * fortunes.transitory[:, 1:])
        + fortunes.permanent[:, None]
        + trend[households.village]
        + truth.labour_gain * labour
    )


def place_years(villages: Villages, calendar: Calendar, truth: Truth, streams: Streams) -> Floats:
    """Return the common shocks of townships and villages, villages by years, of unit spread each."""
    rng = streams.of("place years")
    by_township = rng.normal(size=(villages.township.max() + 1, calendar.length))[villages.township]
    by_village = rng.normal(size=(len(villages.code), calendar.length))
    return truth.volatility * (by_township + by_village)


def losses(shock: Texts, fortunes: Fortunes, truth: Truth) -> Floats:
    """Return the real loss per capita through the shocks of this year and the one before."""
    share = np.zeros(shock.shape)
    for name, loss in zip(SHOCKS[1:], truth.shock_losses, strict=True):
        share[shock == name] = loss
    share[:, 1:] += truth.shock_carry * share[:, :-1]
    return share * fortunes.level


def split(money: Floats, households: Households, workers: Ints, streams: Streams) -> list[Floats]:
    """Split the money into wages, net business, property and other transfers, by labour and by taste."""
    rng = streams.of("shares of sources")
    able, unable = np.array(SHARES_LABOUR), np.array(SHARES_NO_LABOUR)
    mean = np.where((workers > 0)[..., None], able, unable)
    taste = np.exp(
        0.45 * rng.normal(size=(households.count, 1, 4)) + 0.12 * rng.normal(size=(*workers.shape, 4))
    )
    weight = mean * taste
    weight /= weight.sum(axis=2, keepdims=True)
    return [money * weight[..., source] for source in range(4)]
