"""Townships with their rules and officials, and villages with their abilities and funds."""

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.calendar import NEVER
from analysis.synthetic.streams import Bools, Floats, Ints, Streams, Texts, standardised
from analysis.synthetic.truth import Truth

POST_PAY = np.array([500] * 10 + [400] * 4 + [600, 800])
RISE_SHARE = 0.2
AGE_LIMITS = np.array([65, 67, 68, 70])
KEY_SHARE = 69 / 490
SINGLE_PATH = (0.35, 0.92)
EVEN = 1 / 8
"""Shares of projects in photovoltaics: of the townships, and where all eight sectors are alike."""


@dataclass(frozen=True, slots=True)
class Townships:
    """Rules and officials, one value a township."""

    code: Texts
    motivation: Floats
    volatility: Floats
    line_factor: Floats
    exit_multiple: Floats
    minimum_spell: Ints
    age_limit: Ints
    post_pay: Ints
    pay_rise: Bools
    supervised_from: Ints
    single_path: Floats
    dibao_revision: Ints
    dibao_generosity: Floats


@dataclass(frozen=True, slots=True)
class Villages:
    """Villages, one value each; `township` is a position in Townships."""

    code: Texts
    township: Ints
    ability: Floats
    key: Bools
    weight: Floats
    post_supply: Floats
    trend: Floats


@dataclass(frozen=True, slots=True)
class Places:
    """Townships and villages of a county."""

    townships: Townships
    villages: Villages


def places_of(codes: tuple[str, ...], first_year: int, truth: Truth, streams: Streams) -> Places:
    """Draw the places; `codes` are those of the townships."""
    townships = townships_of(codes, first_year, truth, streams)
    return Places(townships, villages_of(townships, truth, streams))


def townships_of(codes: tuple[str, ...], first_year: int, truth: Truth, streams: Streams) -> Townships:
    """Draw the rules and officials of the townships."""
    rng = streams.of("townships")
    n = len(codes)
    volatility = standardised(rng.normal(size=n))
    rules = streams.of("exit rules")
    multiples = rules.permutation(np.linspace(*truth.exit_multiples, n))
    spells = rules.permutation(np.linspace(*truth.minimum_spells, n))
    return Townships(
        code=np.array(codes, dtype=object),
        motivation=truth.official_level + truth.official_spread * standardised(rng.normal(size=n)),
        volatility=1 + 0.15 * volatility,
        line_factor=line_factors(n, volatility, truth, streams),
        exit_multiple=around_mean(multiples, truth.township_discretion),
        minimum_spell=np.rint(around_mean(spells, truth.township_discretion)).astype(np.int64),
        age_limit=rng.choice(AGE_LIMITS, n),
        post_pay=rng.permutation(np.resize(POST_PAY, n)),
        pay_rise=rng.permutation(n) < RISE_SHARE * n,
        supervised_from=supervision(n, first_year, truth, streams),
        single_path=rng.permutation(np.linspace(*SINGLE_PATH, n)) * truth.single_path
        + EVEN * (1 - truth.single_path),
        dibao_revision=rng.integers(1, 7, n),
        dibao_generosity=rng.uniform(0.85, 1.2, n),
    )


def line_factors(n: int, volatility: Floats, truth: Truth, streams: Streams) -> Floats:
    """Return township lines over the official one, higher where incomes are volatile."""
    noise = streams.of("township lines").normal(size=n)
    rank = np.argsort(np.argsort(truth.local_information * volatility + noise))
    return 1 + truth.township_discretion * np.linspace(-truth.line_spread, truth.line_spread, n)[rank]


def around_mean(values: Floats, scale: float) -> Floats:
    """Return the values drawn towards their mean, or away from it."""
    return values.mean() + scale * (values - values.mean())


def supervision(n: int, first_year: int, truth: Truth, streams: Streams) -> Ints:
    """Return the year number in which a third party begins to supervise, NEVER in most townships."""
    rng = streams.of("supervision")
    since = np.full(n, NEVER)
    chosen = rng.permutation(n)[: truth.supervised_townships]
    since[chosen] = 2022 - first_year + np.arange(len(chosen)) % 2
    return since


def villages_of(townships: Townships, truth: Truth, streams: Streams) -> Villages:
    """Draw the villages, each township having at least one."""
    rng = streams.of("villages")
    parts = len(townships.code)
    if truth.villages < parts:
        raise ValueError(f"{truth.villages} villages are fewer than the {parts} townships")
    weights = rng.dirichlet(np.full(parts, 30.0))
    counts = 1 + rng.multinomial(truth.villages - parts, weights)
    township = np.repeat(np.arange(parts), counts)
    number = np.concatenate([np.arange(1, count + 1) for count in counts])
    key = rng.random(truth.villages) < KEY_SHARE
    return Villages(
        code=np.array(
            [f"{townships.code[g]}{k:03d}" for g, k in zip(township, number, strict=True)], dtype=object
        ),
        township=township,
        ability=rng.normal(size=truth.villages),
        key=key,
        weight=np.exp(0.3 * rng.normal(size=truth.villages)) * np.where(key, 1.7, 1.0),
        post_supply=0.35 * rng.normal(size=truth.villages),
        trend=rng.normal(size=truth.villages),
    )
