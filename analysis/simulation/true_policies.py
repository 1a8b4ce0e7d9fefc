"""What a policy would truly have changed: the last year of a county lived again under it."""

from dataclasses import replace

import pandas as pd

from analysis.simulation.counties import KnownCounty
from analysis.synthetic.band import post_gain
from analysis.synthetic.income import compose, net


def true_change_by_funds(known: KnownCounty, villages: pd.DataFrame) -> float:
    """Return the change of all net income, real yuan of the last year, if villages had had `new_funds`.

    `villages` has `village, funds, new_funds`. Pay of every post in a village moves with its funds, and the
    gain of a yuan is that which the process gives at the new funds; nobody else's life is changed.
    """
    setting, history = known.county.setting, known.county.history
    t = setting.calendar.length - 1
    plan = villages.set_index("village").reindex(setting.villages.code)
    ratio = (plan["new_funds"] / plan["funds"]).where(plan["funds"] > 0, 1.0).to_numpy(dtype=float)
    funds = history.funds[:, t]
    village = setting.households.village
    base = setting.base.at(t)
    help_ = type(history.help)(**{name: getattr(history.help, name)[:, t] for name in history.help.__slots__})
    under = replace(
        help_,
        post_pay=help_.post_pay * ratio[village],
        post_gain=post_gain(funds * ratio, known.county.truth)[village],
    )
    change = net(compose(base, under)) - net(compose(base, help_))
    return float((change * setting.demography.alive[:, t]).sum() / setting.calendar.prices[t])
