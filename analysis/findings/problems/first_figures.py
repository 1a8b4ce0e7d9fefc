"""First figures about the five problems, from questionnaires."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.findings.kinds import Number

ITEMS = ["motivation_1", "motivation_2", "motivation_3", "motivation_4"]


def problem_findings(tables: Mapping[str, pd.DataFrame]) -> Iterator[Number]:
    """Yield what townships say of their own motivation."""
    answers = tables["township_questionnaire"]
    scale = answers[ITEMS].mean(axis="columns")
    yield Number(
        "problems.motivation",
        scale.mean(),
        "Mean of the motivation items",
        "points of five",
        1,
        n_obs=len(scale),
    )
