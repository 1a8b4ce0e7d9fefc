"""A YAML file becomes a frozen model, or every fault of it is named at once."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from analysis.faults import Faults
from analysis.settings import Settings, read_settings


class Inner(Settings):
    """A part of the model."""

    amount: int
    note: str = ""


class Outer(Settings):
    """The model of the file."""

    first: Inner
    many: dict[str, Inner] = {}
    listed: tuple[Inner, ...] = ()


def faults(tmp_path: Path, text: str) -> list[str]:
    """Read a file that must be refused; the path is cut from its messages."""
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Faults) as raised:
        read_settings(path, Outer)
    return [str(fault).replace(str(path), "a.yaml") for fault in raised.value.faults]


def test_a_file_becomes_a_model_that_does_not_change(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("first: {amount: 3}\n", encoding="utf-8")
    model = read_settings(path, Outer)
    assert model.first.amount == 3
    with pytest.raises(ValidationError, match="Instance is frozen"):
        model.first = Inner(amount=4)


def test_unknown_missing_and_wrong_keys_come_at_once(tmp_path: Path) -> None:
    text = "first: {amout: 1}\nmany: {a: {amount: many}}\nlisted: [{amount: 1, nte: x}]\n"
    assert faults(tmp_path, text) == [
        "a.yaml: first.amount: the key 'amount' is missing\n"
        "    allowed: this key is required\n"
        "    mend: add the key",
        "a.yaml: first.amout: unknown key 'amout'\n"
        "    allowed: amount, note\n"
        "    mend: did you mean 'amount'?",
        "a.yaml: many.a.amount: found 'many'\n"
        "    allowed: Input should be a valid integer, unable to parse string as an integer\n"
        "    mend: change the value",
        "a.yaml: listed.0.nte: unknown key 'nte'\n    allowed: amount, note\n    mend: did you mean 'note'?",
    ]


def test_a_key_given_twice_is_a_fault_with_its_line(tmp_path: Path) -> None:
    assert faults(tmp_path, "first: {amount: 1}\nmany: {}\nfirst: {amount: 2}\n") == [
        "a.yaml:3: the key 'first' is given twice\n"
        "    allowed: YAML in UTF-8, each key once\n"
        "    mend: mend this line of the file"
    ]


def test_a_file_that_is_no_yaml_names_the_line(tmp_path: Path) -> None:
    assert faults(tmp_path, "first: {amount: 1}\nmany: [\n")[0].startswith("a.yaml:3: ")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("first: {amount: 1, note: 户}\n".encode("gb18030"))
    with pytest.raises(Faults, match="YAML in UTF-8, each key once"):
        read_settings(path, Outer)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Faults) as raised:
        read_settings(tmp_path / "b.yaml", Outer)
    assert str(raised.value) == (
        f"{tmp_path / 'b.yaml'}: no such file\n"
        "    allowed: a YAML file\n"
        "    mend: create it, or name another region"
    )
