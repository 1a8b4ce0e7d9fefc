"""A file is looked for in the region's folders, and what was read is known by its hash."""

import hashlib

from .office import SUBSIDY, Office, household


def test_a_missing_file_names_the_places_and_the_nearest_name(office: Office) -> None:
    office.settle(raw=["data/demo/raw", "elsewhere"])
    (office.raw / "household.csv").write_text("x", encoding="utf-8")
    assert office.faults() == [
        "households.csv: no such file\n"
        "    allowed: a file of this name in data/demo/raw, elsewhere\n"
        "    mend: put the file there; did you mean 'household.csv'?"
    ]


def test_a_missing_file_in_an_empty_folder_says_where_to_put_it(office: Office) -> None:
    assert office.faults() == [
        "households.csv: no such file\n"
        "    allowed: a file of this name in data/demo/raw\n"
        "    mend: put the file there"
    ]


def test_an_optional_file_that_was_not_delivered_is_reported_as_missing(office: Office) -> None:
    optional = {"file": "subsidies.csv", "optional": True}
    office.settle(tables={"households": {"file": "households.csv"}, "subsidies": optional})
    office.write_csv("households", [household()])
    tables = office.read()
    assert tables.missing == {"subsidies": "subsidies.csv is not in data/demo/raw"}
    assert list(tables.frames) == ["households"]


def test_an_optional_file_that_was_delivered_is_checked_like_any_other(office: Office) -> None:
    office.settle(tables={"subsidies": {"file": "subsidies.csv", "optional": True}})
    office.write_csv("subsidies", [SUBSIDY | {"subsidy_amount": "多"}])
    assert len(office.faults()) == 1


def test_the_first_folder_that_has_the_file_is_the_one_read(office: Office) -> None:
    office.settle(raw=["elsewhere", "data/demo/raw"])
    office.write_csv("households", [household()])
    assert office.read().rows_read == {"households": 1}


def test_a_file_is_known_by_its_hash_and_left_as_it_was(office: Office) -> None:
    office.write_csv("households", [household()])
    before = (office.raw / "households.csv").read_bytes()
    assert office.read().files["households"].sha256 == hashlib.sha256(before).hexdigest()
    assert (office.raw / "households.csv").read_bytes() == before
