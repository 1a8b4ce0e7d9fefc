import re
from importlib import import_module
from pathlib import Path

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
GENERATED = (
    "figures/REGION",
    "output/",
    "build/",
    "figures/<region>",
    "data/<region>",
    "data/hisp/raw/",
    "data/laoling/raw/",
)


def test_every_file_named_in_the_guides_exists():
    named = set(re.findall(r"`([\w./-]+/[\w./-]*)`", README + CONTRIBUTING))
    elsewhere = {"worldbank/r-econ-visual-library", "Library/Data/evaluation.dta"}
    own = {name for name in named - elsewhere if not name.startswith(GENERATED)}
    assert {name for name in own if not (PROJECT / name).exists()} == set()


def test_every_make_target_named_in_the_guides_exists():
    targets = set(
        re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    named = set(re.findall(r"\bmake (\w+)", README + CONTRIBUTING))
    assert named <= targets


def test_every_function_named_in_the_readme_exists():
    named = re.findall(r"`(analysis(?:\.\w+)+)`", README)
    assert len(named) > 10
    for name in named:
        module, _, function = name.rpartition(".")
        assert callable(getattr(import_module(module), function)), name


def test_measured_times_are_filled_in():
    assert "@@" not in README
