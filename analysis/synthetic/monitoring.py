"""Monitoring against a return to poverty: inclusion under each township's rule, first measure, removal."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.synthetic.calendar import NEVER
from analysis.synthetic.setting import Setting
from analysis.synthetic.streams import Bools, Floats, Ints, Streams, Texts, pick
from analysis.synthetic.truth import Truth

LAST_ALERT, LONGEST_DELAY, LONGEST_MEASURE = 8, 5, 9
"""Month of the last alert of a year, from 0; months to inclusion and from it to a measure at most."""
CHANNELS = {"self_report": 0.28, "cadre_visit": 0.47, "department_alert": 0.25}
RISKS = {
    "illness": 0.52,
    "disability": 0.18,
    "disaster": 0.04,
    "job_loss": 0.14,
    "schooling": 0.05,
    "other": 0.07,
}


@dataclass(frozen=True, slots=True)
class Watch:
    """The state of monitoring by household; months count from January of the first year, NEVER if not."""

    alert: Ints
    identified: Ints
    measure: Ints
    removed: Ints
    kind: Texts
    channel: Texts
    risk: Texts
    means: Texts

    def under(self, t: int) -> Bools:
        """Return who is under monitoring in year number `t`."""
        return (self.identified < 12 * (t + 1)) & (self.removed >= 12 * t)


@dataclass(frozen=True, slots=True)
class Chances:
    """Draws by household and year; delays in months by household."""

    include: Floats
    remove: Floats
    alert_month: Ints
    delay: Ints
    measure_delay: Ints
    bunch: Floats
    spread: Floats
    means: Floats
    channel: Texts
    risk: Texts


def mean_delay(motivation: Floats) -> Floats:
    """Return mean months from alert to inclusion, before their cap."""
    return np.exp(0.3 - 0.25 * motivation)


def mean_measure(motivation: Floats) -> Floats:
    """Return mean months from inclusion to the first measure, before their cap."""
    return np.exp(0.1 - 0.55 * motivation)


def nobody(n: int) -> Watch:
    """Return the state before the first inclusion."""
    never, nothing = np.full(n, NEVER), np.full(n, None, dtype=object)
    return Watch(never, never, never, never, nothing, nothing, nothing, nothing)


def chances_of(setting: Setting, streams: Streams) -> Chances:
    """Draw what decides inclusion and removal; motivated officials act sooner."""
    rng = streams.of("monitoring")
    n, years = setting.households.count, setting.calendar.length
    drive = setting.townships.motivation[setting.households.township]
    return Chances(
        include=rng.random((n, years)),
        remove=rng.random((n, years)),
        alert_month=rng.integers(0, LAST_ALERT + 1, (n, years)),
        delay=np.minimum(rng.poisson(mean_delay(drive)), LONGEST_DELAY),
        measure_delay=np.minimum(rng.poisson(mean_measure(drive)), LONGEST_MEASURE),
        bunch=rng.random((n, years)),
        spread=rng.random((n, years)),
        means=rng.random(n),
        channel=pick(rng, CHANNELS, n),
        risk=pick(rng, RISKS, n),
    )


def included(t: int, watch: Watch, known: Floats, setting: Setting, chances: Chances, truth: Truth) -> Watch:
    """Return the state after the inclusions of year number `t`.

    A township compares last year's reported income (`known`, nominal per capita) with its line of that year.
    """
    if setting.calendar.first + t < truth.monitoring_from:
        return watch
    shock = setting.shock[:, t - 1]
    struck = shock != np.array(None)
    hit = hits(t, known, struck, setting, chances, truth) & (watch.identified == NEVER)
    alert = 12 * t + chances.alert_month[:, t]
    identified = np.minimum(alert + chances.delay, 12 * t + 11)
    newly = np.where(struck, "hardship", "marginal")
    return replace(
        watch,
        alert=np.where(hit, alert, watch.alert),
        identified=np.where(hit, identified, watch.identified),
        measure=np.where(hit, identified + chances.measure_delay, watch.measure),
        kind=np.where(hit, np.where(setting.households.registered, "unstable", newly), watch.kind),
        channel=np.where(hit, chances.channel, watch.channel),
        risk=np.where(hit, np.where(struck, shock, chances.risk), watch.risk),
    )


def hits(t: int, known: Floats, struck: Bools, setting: Setting, chances: Chances, truth: Truth) -> Bools:
    """Return whom officials would include: most below the line, some above it or struck by a shock."""
    township = setting.households.township
    line = setting.calendar.lines[t - 1] * setting.townships.line_factor[township]
    gap = known / line - 1
    below = np.clip(truth.inclusion_below + 0.07 * setting.townships.motivation[township], 0, 1)
    above = truth.inclusion_above * np.exp(-np.maximum(gap, 0) / 0.08) + 0.06 * (struck & (gap < 0.5))
    return setting.demography.alive[:, t] & (chances.include[:, t] < np.where(gap < 0, below, above))


def removed(
    t: int, watch: Watch, income: Ints, means: Texts, setting: Setting, chances: Chances, truth: Truth
) -> Watch:
    """Return the state after the removals of year number `t`, most of them at its end.

    The rule asks that this year's reported income per capita reach the township's multiple of the line.
    """
    township, rules = setting.households.township, setting.townships
    met = income >= rules.exit_multiple[township] * setting.calendar.lines[t]
    by_rule, helpless, against = truth.removal
    labour = setting.demography.workers[:, t] > 0
    probability = np.where(met, np.where(labour, by_rule, helpless), against)
    earliest = watch.identified + rules.minimum_spell[township]
    due = (watch.identified < NEVER) & (watch.removed == NEVER) & (earliest <= 12 * t + 11)
    goes = due & setting.demography.alive[:, t] & (chances.remove[:, t] < probability)
    first = np.maximum(earliest, 12 * t)
    within = first + np.floor(chances.spread[:, t] * (12 * t + 12 - first)).astype(np.int64)
    month = np.where(chances.bunch[:, t] < truth.year_end_bunching, 12 * t + 11, within)
    return replace(
        watch, removed=np.where(goes, month, watch.removed), means=np.where(goes, means, watch.means)
    )


def means_of(holds_post: Bools, invested: Bools, labour: Bools, draw: Floats) -> Texts:
    """Return the means that officials would write down, now and then one that the household never had."""
    conditions = [draw < 0.04, holds_post, invested & (draw < 0.35), labour & (draw < 0.7), draw < 0.9]
    return np.select(conditions, ["post", "post", "industry", "job", "security"], "natural").astype(object)
