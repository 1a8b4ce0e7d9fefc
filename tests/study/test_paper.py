import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis.edition import open_edition
from analysis.faults import Faults
from analysis.findings.formats import value_of
from analysis.region import read_region
from analysis.sources.files import locate
from analysis.study import PAPER, fresh_registry, render, silent

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
MINUS = "\N{MINUS SIGN}"


class Numbers(HTMLParser):
    """Collects the text of every number of a page by its id."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, set[str]] = {}
        self.current: str | None = None

    def handle_starttag(self, tag, attributes):
        self.current = dict(attributes).get("data-id") if tag == "span" else None

    def handle_data(self, data):
        if self.current is not None:
            self.shown.setdefault(self.current, set()).add(data)
            self.current = None


def numbers_of(page: str) -> dict[str, set[str]]:
    reader = Numbers()
    reader.feed(page)
    return reader.shown


@pytest.fixture(scope="module")
def pages(small_project):
    """The small county's paper, rendered twice from nothing."""
    made = []
    for _ in range(2):
        render(small_project, "laoling", ("html", "pdf"), silent)
        folder = small_project / "output" / "laoling"
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
        (small_project / "build" / "laoling" / "findings.json").unlink()
    fresh_registry(small_project, "laoling", silent)
    return made


def test_two_renders_from_nothing_give_the_same_bytes(pages):
    first, second = pages
    assert set(first) == {"paper.html", "paper.pdf"}
    assert first == second


def test_every_number_on_the_page_is_the_registry_s(pages, small_project):
    registry = open_edition(small_project, "laoling").registry
    shown = numbers_of(pages[0]["paper.html"].decode("utf-8"))
    assert len(shown) > 25
    assert shown == {name: {value_of(registry.number(name))} for name in shown}


def test_the_page_says_that_the_data_are_synthetic(pages):
    assert b"Synthetic data: no finding about real households" in pages[0]["paper.html"]


def test_the_page_names_no_path_of_the_machine(pages, small_project):
    page = pages[0]["paper.html"].decode("utf-8")
    assert str(small_project) not in page
    assert str(PROJECT) not in page


def test_an_unknown_number_fails_with_file_and_line_and_keeps_the_last_paper(pages, small_project):
    chapter = small_project / PAPER.parent / "_data.qmd"
    text = chapter.read_text(encoding="utf-8")
    line = text.count("\n") + 2
    chapter.write_text(f'{text}\nWe found `{{python}} n("posts.totl")` yuan.\n', encoding="utf-8")
    try:
        with pytest.raises(Faults) as caught:
            render(small_project, "laoling", ("html",), silent)
    finally:
        chapter.write_text(text, encoding="utf-8")
    assert any(f"report/_data.qmd:{line}" in fault.where for fault in caught.value.faults)
    assert "posts.totl" in str(caught.value)
    kept = small_project / "output" / "laoling" / "paper.html"
    assert kept.read_bytes() == pages[0]["paper.html"]


def test_a_real_panel_of_another_programme_gives_its_paper_and_its_published_effect(tmp_path):
    region = read_region("hisp", PROJECT)
    if locate(region, "evaluation.dta") is None:
        pytest.skip(f"evaluation.dta is in none of {', '.join(region.raw_folders)}")
    render(PROJECT, "hisp", ("html",), silent)
    page = (PROJECT / "output" / "hisp" / "paper.html").read_text(encoding="utf-8")
    shown = numbers_of(page)
    assert shown["subsidies.total"] == {f"{MINUS}8.163"}
    number = open_edition(PROJECT, "hisp").registry.number("subsidies.total")
    assert (round(number.value, 3), round(number.std_error, 3)) == (-8.163, 0.319)
    assert number.n_obs == 9918
    assert page.count("Not supported by these data") == 8
    assert re.search("Laoling|Shandong|China", page) is None


def test_naive_estimates_of_the_bundled_county_are_far_from_the_truth_and_the_better_ones_near_it():
    registry = fresh_registry(PROJECT, "laoling", silent)
    for instrument in ("subsidies", "projects", "posts"):
        truth = registry.number(f"{instrument}.total.truth").value
        naive = abs(registry.number(f"{instrument}.total.pooled").value / truth - 1)
        better = abs(registry.number(f"{instrument}.total.household_year").value / truth - 1)
        assert naive > 0.4
        assert better < 0.35
        assert better < naive / 3


def test_the_readme_lists_every_exhibit_with_its_program():
    registry = fresh_registry(PROJECT, "laoling", silent)
    made = {**registry.tables, **registry.figures}
    listed = dict(re.findall(r"^\| `((?:tbl|fig)-[\w-]+)` \| `([\w/.]+)` \|", README, flags=re.MULTILINE))
    assert listed == {name: exhibit.maker.split(":")[0] for name, exhibit in made.items()}
