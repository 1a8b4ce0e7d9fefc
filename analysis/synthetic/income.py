"""The income equation: what a household has, given its base income and the help it receives."""

from dataclasses import dataclass, fields, replace

import numpy as np

from analysis.region_file import Instrument
from analysis.synthetic.streams import Floats


@dataclass(frozen=True, slots=True)
class Base:
    """Nominal yuan of the household without any instrument; arrays of households, or households by years."""

    wages: Floats
    business: Floats
    costs: Floats
    property: Floats
    pensions: Floats
    transfers: Floats
    losses: Floats

    def at(self, t: int) -> "Base":
        """Return year number `t` alone."""
        return Base(**{field.name: getattr(self, field.name)[:, t] for field in fields(self)})


@dataclass(frozen=True, slots=True)
class Help:
    """Assigned help: payments in nominal yuan of the household, and what a yuan of it leaves as net gain."""

    post_pay: Floats
    post_gain: Floats
    subsidies: Floats
    pass_through: Floats
    dividends: Floats
    project_gain: Floats

    def without(self, instrument: Instrument) -> "Help":
        """Return the help with one instrument switched off."""
        match instrument:
            case "posts":
                return replace(self, post_pay=np.zeros_like(self.post_pay))
            case "subsidies":
                return replace(self, subsidies=np.zeros_like(self.subsidies))
            case "projects":
                nothing = np.zeros_like(self.dividends)
                return replace(self, dividends=nothing, project_gain=nothing)


@dataclass(frozen=True, slots=True)
class Incomes:
    """Nominal yuan of the household by source, as it truly is."""

    wages: Floats
    posts: Floats
    business: Floats
    costs: Floats
    property: Floats
    dividends: Floats
    subsidies: Floats
    pensions: Floats
    transfers: Floats


def net_base(base: Base) -> Floats:
    """Return the net income without any instrument."""
    received = base.wages + base.business + base.property + base.pensions + base.transfers
    return received - base.costs - base.losses


def net(incomes: Incomes) -> Floats:
    """Return the net income: all sources less costs."""
    earned = incomes.wages + incomes.posts + incomes.business - incomes.costs
    owned = incomes.property + incomes.dividends
    return earned + owned + incomes.subsidies + incomes.pensions + incomes.transfers


def compose(base: Base, help_: Help) -> Incomes:
    """Return the incomes: what help crowds out is lost in wages first, then in business, then in transfers.

    net = base - losses + gain * post pay + pass-through * subsidies + gain of projects; a loss beyond all
    three sources is booked as costs, so that the equation is exact.
    """
    beyond_dividend = help_.project_gain - help_.dividends
    extra = np.maximum(beyond_dividend, 0)
    lost = (
        base.losses
        + (1 - help_.post_gain) * help_.post_pay
        + (1 - help_.pass_through) * help_.subsidies
        + np.maximum(-beyond_dividend, 0)
    )
    wages, lost = taken(base.wages + 0.4 * extra, lost)
    business, lost = taken(base.business + 0.6 * extra, lost)
    transfers, lost = taken(base.transfers, lost)
    return Incomes(
        wages=wages,
        posts=help_.post_pay,
        business=business,
        costs=base.costs + lost,
        property=base.property,
        dividends=help_.dividends,
        subsidies=help_.subsidies,
        pensions=base.pensions,
        transfers=transfers,
    )


def taken(source: Floats, loss: Floats) -> tuple[Floats, Floats]:
    """Take the loss from the source; return what is left of both."""
    cut = np.minimum(source, loss)
    return source - cut, loss - cut
