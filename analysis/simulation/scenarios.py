"""What is varied between synthetic counties, and how large the counties of the study are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.synthetic.truth import Truth

FIRST_SEED = 1_000_000
NO_EFFECT = "none"
SMALL = Truth(households_registered=2400, households_ordinary=300, villages=200)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of county: what it is called, what it plants, and how many of it are drawn by default.

    Where only the gain from posts differs from another kind, the other instruments are not measured again.
    """

    name: str
    meaning: str
    truth: Truth
    counties: int
    all_instruments: bool = True

    def county(self, number: int) -> Truth:
        """Return the truth of one county of this kind, counted from 0."""
        return replace(self.truth, seed=FIRST_SEED + number)


EFFECTS: Mapping[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        Scenario("two_thresholds", "effects as bundled, band of post funds with two thresholds", SMALL, 400),
        Scenario(
            "kink", "continuous gain of posts with one kink", replace(SMALL, post_band="kink"), 100, False
        ),
        Scenario("linear", "gain of posts without a band", replace(SMALL, post_band="linear"), 400, False),
        Scenario(NO_EFFECT, "no effect of any instrument", replace(SMALL, effect_scale=0.0), 800),
    )
}
