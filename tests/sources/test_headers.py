"""A variable is found under its header, a synonym or its name, and never by guess."""

from .office import Office, household


def spoil(office: Office, **headers: str) -> None:
    """Write one household, with other headers for some variables."""
    rows = office.rows("households", [household()])
    names = list(office.headers("households"))
    for name, header in headers.items():
        rows[0][names.index(name)] = header
    office.write_rows("households", rows)


def test_a_missing_column_is_named_with_its_synonyms_and_the_nearest_header(office: Office) -> None:
    spoil(office, household_type="户类别")
    assert office.faults() == [
        "households.csv, row 1: no column for 'household_type'\n"
        "    allowed: 户类型 or 农户类型 or 户属性 or household_type\n"
        "    mend: did you mean '户类别'? then say so in region.yaml: "
        "`tables: {households: {columns: {household_type: 户类别}}}`"
    ]


def test_a_missing_column_without_a_likeness_says_how_to_name_it(office: Office) -> None:
    spoil(office, workers="甲")
    assert office.faults() == [
        "households.csv, row 1: no column for 'workers'\n"
        "    allowed: 劳动力人数 or 劳动力数 or workers\n"
        "    mend: add the column, say in region.yaml which one it is: "
        "`tables: {households: {columns: {workers: ...}}}`, or list under `read` the variables that there are"
    ]


def test_synonyms_full_width_signs_blanks_and_names_are_found(office: Office) -> None:
    spoil(office, year=" 年份 ", migrant_months="务工时间（月）", workers="workers", risk="致贫／返贫风险1")
    frame = office.read().frames["households"]
    assert frame[["year", "migrant_months", "workers", "risk"]].to_numpy().tolist() == [
        [2019, 6, 1, "illness"]
    ]


def test_the_header_that_the_region_names_is_the_only_one_accepted(office: Office) -> None:
    office.settle(tables={"households": {"file": "households.csv", "columns": {"workers": "劳力"}}})
    spoil(office, workers="劳力")
    assert office.read().frames["households"]["workers"].tolist() == [1]
    spoil(office)
    assert office.faults() == [
        "households.csv, row 1: no column for 'workers'\n"
        "    allowed: 劳力\n"
        "    mend: add the column, say in region.yaml which one it is: "
        "`tables: {households: {columns: {workers: ...}}}`, or list under `read` the variables that there are"
    ]


def test_a_header_that_occurs_twice_is_a_fault(office: Office) -> None:
    rows = office.rows("households", [household()])
    office.write_rows("households", [[*rows[0], "年度"], [*rows[1], "2018"]])
    assert office.faults() == [
        "households.csv, row 1: the header '年度' occurs twice\n"
        "    allowed: each header once\n"
        "    mend: rename or remove one of the columns"
    ]


def test_two_synonyms_without_the_header_itself_are_not_chosen_between(office: Office) -> None:
    spoil(office, year="年份")
    rows = [line.split(",") for line in (office.raw / "households.csv").read_text("utf-8").splitlines()]
    office.write_rows("households", [[*rows[0], "统计年度"], [*rows[1], "2018"]])
    assert office.faults() == [
        "households.csv, row 1: several columns for 'year': 年份, 统计年度\n"
        "    allowed: one of them\n"
        "    mend: say which in region.yaml: `tables: {households: {columns: {year: 年份}}}`"
    ]


def test_columns_of_no_variable_are_listed(office: Office) -> None:
    rows = office.rows("households", [household()])
    office.write_rows("households", [[*rows[0], "备注", ""], [*rows[1], "无", ""]])
    assert office.read().unused == {"households": ("备注",)}


def test_a_file_of_something_else_is_told_at_once(office: Office) -> None:
    office.write_rows("households", [["姓氏", "门牌"], ["甲", "3"]], encoding="gb18030")
    assert office.faults() == [
        "households.csv: none of the 31 expected columns; the row of headers, read as gb18030, "
        "begins '姓氏', '门牌'\n"
        "    allowed: the columns of this table\n"
        "    mend: look whether this is the right file and sheet, and whether the text above is legible"
    ]


def test_headers_under_a_title_are_found_and_their_row_is_named(office: Office) -> None:
    office.write_rows("households", [["农户年度信息"], *office.rows("households", [household()])])
    assert office.faults() == [
        "households.csv, row 1: the headers are in row 2\n"
        "    allowed: headers in the row that region.yaml declares, the first unless it says otherwise\n"
        "    mend: say so in region.yaml: `tables: {households: {header_row: 2}}`"
    ]
