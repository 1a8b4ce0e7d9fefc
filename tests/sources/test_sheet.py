"""A sheet has headers, records under them, and as many fields in each."""

from .office import Office, household, households


def test_an_empty_file_is_a_fault(office: Office) -> None:
    (office.raw / "households.csv").write_bytes(b"")
    assert office.faults() == [
        "households.csv: it is empty\n"
        "    allowed: a row of headers and a row for each record\n"
        "    mend: deliver the records, or take the table out of region.yaml"
    ]


def test_headers_without_records_are_a_fault(office: Office) -> None:
    office.write_csv("households", [])
    assert office.faults() == [
        "households.csv: there is no row under the headers\n"
        "    allowed: a row for each record\n"
        "    mend: deliver the records, or take the table out of region.yaml"
    ]


def test_a_header_row_below_the_end_is_a_fault(office: Office) -> None:
    office.settle(tables={"households": {"file": "households.csv", "header_row": 4}})
    office.write_csv("households", [household()])
    assert office.faults() == [
        "households.csv: the file has 2 rows, and `header_row` is 4\n"
        "    allowed: a header row within the file\n"
        "    mend: correct `header_row` in region.yaml"
    ]


def test_rows_with_too_many_or_too_few_fields_are_named_by_their_row(office: Office) -> None:
    headers, whole, long, short = office.rows("households", households(3))
    office.write_rows("households", [headers, whole, [*long, "1"], short[:29]])
    assert office.faults() == [
        "households.csv, row 3: 32 fields\n"
        "    allowed: 31 fields, as in the row of headers\n"
        "    mend: put a field that holds a comma between double quotes",
        "households.csv, row 4: 29 fields\n"
        "    allowed: 31 fields, as in the row of headers\n"
        "    mend: complete the row",
    ]


def test_ragged_rows_beyond_the_fifth_are_counted(office: Office) -> None:
    headers, whole, *others = office.rows("households", households(9))
    office.write_rows("households", [headers, whole, *(row[:30] for row in others)])
    faults = office.faults()
    assert len(faults) == 6
    assert faults[-1] == (
        "households.csv, row 8 and further: 3 more rows with too many or too few fields\n"
        "    allowed: 31 fields, as in the row of headers\n"
        "    mend: export the file again"
    )


def test_rows_keep_their_numbers_over_blank_rows(office: Office) -> None:
    rows = office.rows("households", [household(), household(household_id="0002", workers="多")])
    office.write_rows("households", [rows[0], rows[1], [], [""] * 31, rows[2]])
    assert office.faults() == [
        "households.csv, row 5, column 劳动力人数: found '多'\n"
        "    allowed: a whole number from 0 to 20 (persons)\n"
        "    mend: write digits only"
    ]


def test_blank_rows_are_no_records(office: Office) -> None:
    rows = office.rows("households", households(2))
    office.write_rows("households", [rows[0], rows[1], [], rows[2], []])
    assert office.read().rows_read == {"households": 2}


def test_broken_quotes_are_named_by_their_line(office: Office) -> None:
    (office.raw / "households.csv").write_text('户编号,年度\n"1"a,2019\n', encoding="utf-8")
    assert office.faults() == [
        "households.csv, line 2: broken quotes: ',' expected after '\"'\n"
        '    allowed: fields between double quotes, a quote inside a field doubled ("")\n'
        "    mend: correct the quotes on this line or in the record that ends here"
    ]
