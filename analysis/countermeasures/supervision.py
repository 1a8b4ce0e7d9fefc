"""Third-party monitoring of posts: what the county's own supervised posts show, and what is at stake."""

from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.inference.randomization import Randomization, randomization
from analysis.estimates.panel_design import PanelDesign

NAME = "third-party monitoring of posts"
DETECTION = (0.25, 0.5, 0.75, 1.0)
"""Parts of the broken rules that supervision may find."""
SEED = 20220101
SHARE, SUPERVISED = "share_broken", "supervised"


@dataclass(frozen=True, slots=True)
class Supervision:
    """What posts that a third party supervises show, and what posts that break the rule cost.

    `effect` is the change of the share of post-years that break the rule where supervision began, against
    townships without it. `broken` post-years and `stake` yuan of pay a year are of posts that are not
    supervised, in the last year; `caught` is what supervision of all of them would find of the pay by how
    much it detects, and so the most that it may cost.
    """

    effect: Randomization | NotApplicable
    townships: int
    first_year: int | None
    posts: int
    broken: int
    stake: float
    caught: tuple[tuple[float, float], ...]


def supervision(posts: pd.DataFrame) -> Supervision | NotApplicable:
    """Return the county's experience from post-years: `township_code, year, supervised, broken, paid`.

    `y_gt = b s_gt + a_g + d_t + e_gt` over townships g and years t, y the share of post-years that break the
    rule and s whether posts are supervised; whole paths of supervision are re-assigned among townships, since
    few have it. `paid` is in yuan of the base year.
    """
    if posts.empty:
        return NotApplicable(NAME, "the ledger holds no posts")
    cells = posts.groupby(["township_code", "year"], observed=True, as_index=False)
    panel = cells.agg(**{SHARE: ("broken", "mean"), SUPERVISED: ("supervised", "max")})
    design = PanelDesign("township_code", "year", (SUPERVISED,), (), "township_code")
    watched = panel[panel[SUPERVISED] > 0]
    last = posts[(posts["year"] == posts["year"].max()) & (posts["supervised"] == 0)]
    wrong = last[last["broken"] == 1]
    stake = float(wrong["paid"].sum())
    return Supervision(
        effect=attempted(NAME, lambda: randomization(panel, SHARE, design, SUPERVISED, seed=SEED)),
        townships=int(watched["township_code"].nunique()),
        first_year=None if watched.empty else int(watched["year"].min()),
        posts=len(last),
        broken=len(wrong),
        stake=stake,
        caught=tuple((part, part * stake) for part in DETECTION),
    )
