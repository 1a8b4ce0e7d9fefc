import pandas as pd

from analysis.panel.flow import Flow


def test_each_step_counts_what_it_dropped():
    rows = pd.DataFrame({"household_id": ["a", "a", "b"]})
    flow = Flow(()).then("received", rows).then("kept", rows.iloc[:2])
    assert [(step.rows, step.households, step.rows_dropped) for step in flow.steps] == [(3, 2, 0), (2, 1, 1)]
