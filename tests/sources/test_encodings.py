"""Bytes are text in UTF-8 or GB18030, or the file is refused with the byte that is in neither."""

import pytest

from analysis.faults import Faults
from analysis.sources.encodings import decode

from .office import Office, household


@pytest.mark.parametrize(
    ("written", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030")],
)
def test_the_encoding_is_found_and_kept(office: Office, written: str, found: str) -> None:
    office.write_csv("households", [household()], encoding=written)
    tables = office.read()
    assert tables.files["households"].encoding == found
    assert tables.frames["households"]["household_type"].tolist() == ["alleviated"]


def test_a_gb18030_file_declared_utf_8_is_named_for_what_it_is(office: Office) -> None:
    office.settle(tables={"households": {"file": "households.csv", "encoding": "utf-8"}})
    office.write_csv("households", [household()], encoding="gb18030")
    assert office.faults() == [
        "households.csv: the file is gb18030, not utf-8\n"
        "    allowed: utf-8, as region.yaml declares\n"
        "    mend: say `encoding: gb18030` in region.yaml, or leave `encoding` out"
    ]


def test_a_utf_8_file_declared_gb18030_is_not_read_as_other_characters(office: Office) -> None:
    office.settle(tables={"households": {"file": "households.csv", "encoding": "gb18030"}})
    office.write_csv("households", [household()])
    assert office.faults() == [
        "households.csv: the file is utf-8, not gb18030\n"
        "    allowed: gb18030, as region.yaml declares\n"
        "    mend: say `encoding: utf-8` in region.yaml, or leave `encoding` out"
    ]


def test_plain_ascii_agrees_with_either_declaration() -> None:
    assert decode("a.csv", b"id,year\n", "gb18030").text == "id,year\n"


def test_bytes_in_no_known_encoding_are_named_with_their_place(office: Office) -> None:
    content = "户编号,年度\n".encode("gb18030") + b"1,\xff\x80\n"
    (office.raw / "households.csv").write_bytes(content)
    assert office.faults() == [
        "households.csv: no text in a known encoding: byte 0xbb at position 0 (line 1) is not UTF-8 and "
        "byte 0xff at position 14 (line 2) is not GB18030\n"
        "    allowed: UTF-8 or GB18030 (which includes GBK and GB2312)\n"
        "    mend: export the file again, as CSV UTF-8"
    ]


def test_utf_16_is_refused_by_its_name(office: Office) -> None:
    office.write_csv("households", [household()], encoding="utf-16")
    assert office.faults() == [
        "households.csv: the file is UTF-16\n"
        "    allowed: UTF-8 or GB18030 (which includes GBK and GB2312)\n"
        "    mend: save it as CSV UTF-8"
    ]


def test_a_byte_order_mark_over_broken_utf_8_is_not_taken_for_gb18030() -> None:
    with pytest.raises(Faults, match="byte 0xb2 at position 3"):
        decode("a.csv", b"\xef\xbb\xbf\xb2\xe2", None)
