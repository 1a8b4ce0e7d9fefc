import pandas as pd
import pytest

from analysis.faults import Faults
from analysis.findings.collection import registry_of
from analysis.findings.drawings import Drawing
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.paper import Paper
from analysis.findings.registry import from_json, to_json


def findings():
    return [
        Number("posts.total", 1834.4, "Effect", "yuan", low=1.0, high=2.0),
        Table("tbl-a", "A.", (Column("A"),), (("1",),)),
        Drawing("fig-a", "A.", "alt", pd.DataFrame({"x": [1]}), draw=lambda data: data),
    ]


def registry(unsupported=None):
    return registry_of(findings(), ("posts",), unsupported or {}, {"name": "Here"}, {"a.csv": "00"}, "stamp")


def test_a_registry_survives_the_way_through_json():
    assert from_json(to_json(registry())) == registry()


def test_an_id_given_twice_is_a_fault_that_names_both_makers():
    twice = [Number("a", 1, "A", "x", maker="one.py:1"), Number("a", 2, "A", "x", maker="two.py:2")]
    with pytest.raises(Faults) as caught:
        registry_of(twice, (), {}, {}, {}, "")
    assert str(caught.value).startswith("one.py:1 and two.py:2: the id 'a' is given twice")


def test_an_unknown_number_is_a_fault_with_the_nearest_id():
    with pytest.raises(Faults) as caught:
        registry().number("post.total")
    (fault,) = caught.value.faults
    assert (fault.found, fault.mend) == ("unknown number 'post.total'", "did you mean 'posts.total'?")


def test_in_the_text_an_unknown_number_leaves_a_mark_for_the_renderer():
    paper = Paper(registry({"projects": "no ledger"}), {}, "figures")
    assert str(paper.n("projects.total")) == r'[projects\.total]{.unsupported data-id="projects.total"}'
    assert str(paper.why("projects")) == "no ledger"


def test_makers_name_the_line_that_made_them():
    number = Number("a", 1, "A", "x")
    assert number.maker.startswith("tests/findings/test_registry.py:")
