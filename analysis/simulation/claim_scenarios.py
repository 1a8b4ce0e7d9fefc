"""Counties in which the claims about problems are graded: with all of the problems, and without any."""

from collections.abc import Mapping
from dataclasses import replace

from analysis.simulation.scenarios import SMALL, Scenario

PROBLEMS, NO_PROBLEM = "problems", "no_problem"

CLAIMS: Mapping[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        Scenario(PROBLEMS, "problems as bundled", SMALL, 200),
        Scenario(
            NO_PROBLEM,
            "no problem: one rule in all townships, even investment, subsidies by need, motivated officials",
            replace(
                SMALL,
                township_discretion=0.0,
                year_end_bunching=0.0,
                official_spread=0.0,
                official_level=2.0,
                single_path=0.0,
                path_price=1.0,
                diversity_gain=(1.0, 1.0, 1.0),
                flexible_subsidies=True,
            ),
            400,
        ),
    )
}
