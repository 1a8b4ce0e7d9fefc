"""The codebook is complete: every variable can be found in a file, named in both languages, and explained."""

from collections import Counter
from pathlib import Path

import pytest

from analysis.codebook import CODEBOOK, Codebook, Variable, read_codebook
from analysis.faults import Faults

PROJECT = Path(__file__).parents[1]
READ = read_codebook(PROJECT / CODEBOOK)
DELIVERED = [table for table, entry in READ.tables.items() if not entry.computed]
COMPUTED = [table for table, entry in READ.tables.items() if entry.computed]


def delivered(variable: Variable) -> bool:
    return bool(set(variable.tables) & set(DELIVERED))


@pytest.mark.parametrize("name", READ.variables)
def test_a_variable_has_a_header_where_it_is_read_and_a_formula_where_it_is_computed(name: str) -> None:
    variable = READ.variables[name]
    assert bool(variable.header) == delivered(variable)
    assert bool(variable.formula) == (not delivered(variable))


@pytest.mark.parametrize("table", DELIVERED)
def test_headers_and_synonyms_of_a_table_are_all_different(table: str) -> None:
    headers = Counter(
        header
        for name, variable in READ.by_table[table].items()
        for header in {variable.header, *variable.synonyms, name}
    )
    assert [header for header, count in headers.items() if count > 1] == []


@pytest.mark.parametrize("table", DELIVERED)
def test_no_synonym_repeats_the_header(table: str) -> None:
    for variable in READ.by_table[table].values():
        assert len({variable.header, *variable.synonyms}) == 1 + len(variable.synonyms)


def test_every_label_says_something_in_both_languages() -> None:
    labels = [entry.label for entry in (*READ.tables.values(), *READ.variables.values())]
    values = [value for variable in READ.variables.values() for value in variable.values.values()]
    assert [label for label in (*labels, *values) if not (label.en.strip() and label.zh.strip())] == []


def test_the_texts_of_a_category_stand_for_one_value_each() -> None:
    for name, variable in READ.variables.items():
        texts = Counter(
            text for code, value in variable.values.items() for text in {code, value.en, value.zh}
        )
        assert [text for text, count in texts.items() if count > 1] == [], name


def test_minimum_is_below_maximum_and_only_numbers_have_them() -> None:
    for name, variable in READ.variables.items():
        limits = [limit for limit in (variable.minimum, variable.maximum) if limit is not None]
        assert limits == sorted(limits), name
        assert not limits or variable.type in ("integer", "number"), name


def test_every_subsidy_says_whether_it_counts_as_income() -> None:
    types = READ.variable("subsidy_type").values
    assert {code: value.countable for code, value in types.items()} == {
        "dibao": True,
        "tekun": True,
        "disability": True,
        "industry_reward": True,
        "travel": True,
        "prompt_relief": True,
        "yulu": False,
        "premium": False,
    }


def test_an_unknown_variable_is_answered_with_the_nearest() -> None:
    with pytest.raises(Faults) as raised:
        READ.variable("houshold_size")
    assert str(raised.value) == (
        "codebook: unknown variable 'houshold_size'\n"
        "    allowed: a variable of the codebook\n"
        "    mend: did you mean 'household_size'?"
    )


def written(folder: Path, variable: str) -> Path:
    """Write a codebook with one table and one variable."""
    path = folder / "codebook.yaml"
    table = "tables:\n  a: {label: {en: A, zh: 甲}, key: [x]}\n"
    path.write_text(f"{table}variables:\n  x: {variable}\n", encoding="utf-8")
    return path


def test_an_unknown_key_is_answered_with_the_nearest(tmp_path: Path) -> None:
    path = written(
        tmp_path, "{tables: [a], label: {en: X, zh: 乙}, type: number, minimun: 0, disclosure: public}"
    )
    with pytest.raises(Faults) as raised:
        read_codebook(path)
    assert str(raised.value) == (
        f"{path}: variables.x.minimun: unknown key 'minimun'\n"
        "    allowed: disclosure, formula, header, label, maximum, minimum, missing, synonyms, tables, type, "
        "unit, values\n"
        "    mend: did you mean 'minimum'?"
    )


def test_a_category_without_values_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "{tables: [a], label: {en: X, zh: 乙}, type: category, disclosure: public}")
    with pytest.raises(Faults, match="a category, and only a category, lists its values"):
        read_codebook(path)


def test_a_variable_of_an_unknown_table_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "{tables: [b], label: {en: X, zh: 乙}, type: text, disclosure: public}")
    with pytest.raises(Faults, match="x: unknown table 'b'"):
        read_codebook(path)


def test_a_region_may_add_variables_but_not_redefine_them() -> None:
    with pytest.raises(Faults) as raised:
        READ.extended("region.yaml", {"year": READ.variables["year"]})
    assert str(raised.value) == (
        "region.yaml: variables.year: 'year' is in the codebook already\n"
        "    allowed: new names\n"
        "    mend: choose another name"
    )
    longer = READ.extended("region.yaml", {"wells": READ.variables["workers"]})
    assert isinstance(longer, Codebook)
    assert list(longer.by_table["households"])[-1] == "wells"
