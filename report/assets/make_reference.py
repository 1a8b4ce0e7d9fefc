"""Make `reference.docx`, the Word styles of the paper, out of the ones that Pandoc brings."""

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pypandoc

TARGET = Path(__file__).parent / "reference.docx"
STEADY = (1980, 1, 1, 0, 0, 0)
INK, GREY = "1C2127", "5B6470"
BODY, SANS = ("Cambria", "SimSun"), ("Calibri", "Microsoft YaHei")
SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1530" w:right="1530" w:bottom="1530" w:left="1530"'
    ' w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
)
WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:ftr xmlns:w="{WORDML}">'
    '<w:p><w:pPr><w:jc w:val="right"/></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)
RELATION = (
    '<Relationship Id="rIdFooter" Target="footer1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"/></Relationships>'
)
CONTENT_TYPE = (
    '<Override PartName="/word/footer1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>'
)
RULE = 'w:val="single" w:sz="10" w:space="0" w:color="1C2127"'
RULES = f"<w:tblBorders><w:top {RULE}/><w:bottom {RULE}/></w:tblBorders>"
SHADE = (
    '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="2F6690"/></w:pBdr>'
    '<w:spacing w:before="60" w:after="60"/><w:ind w:left="240"/>'
)


def run(fonts: tuple[str, str], half_points: int, *, bold: str = "", colour: str = INK) -> str:
    """Run properties: Latin and Chinese face, size in half points, `<w:b/>` for bold."""
    latin, chinese = fonts
    return (
        f'<w:rPr><w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}"/>{bold}'
        f'<w:color w:val="{colour}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    )


def paragraph(identifier: str, name: str, based_on: str, layout: str, look: str) -> str:
    """One paragraph style."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:qFormat/><w:pPr>{layout}</w:pPr>{look}</w:style>'
    )


def restyle(styles: str, identifier: str, look: str, layout: str = "") -> str:
    """Replace the run properties, and add to the paragraph properties, of one style."""
    pattern = rf'<w:style [^>]*w:styleId="{identifier}".*?</w:style>'
    old = re.search(pattern, styles, re.DOTALL)
    assert old is not None
    new = re.sub(r"<w:rPr>.*?</w:rPr>", "", old[0], flags=re.DOTALL)
    if layout and "<w:pPr>" in new:
        new = re.sub(r"<w:jc [^>]*/>", "", new).replace("</w:pPr>", f"{layout}</w:pPr>")
    return styles.replace(old[0], new.replace("</w:style>", f"{look}</w:style>"))


def ruled(styles: str) -> str:
    """Rules above and below every table."""
    head, table = styles.split('w:styleId="Table">', 1)
    indent = '<w:tblInd w:w="0" w:type="dxa" />'
    return f'{head}w:styleId="Table">{table.replace(indent, indent + RULES, 1)}'


def added() -> str:
    """Styles for the notes below an exhibit and for callouts."""
    spacing = '<w:spacing w:before="60" w:after="280"/>'
    notes = paragraph("ExhibitNotes", "Exhibit Notes", "Normal", spacing, run(BODY, 17, colour=GREY))
    look = run(SANS, 19, bold="<w:b/>", colour="2F6690")
    title = paragraph("CalloutTitle", "Callout Title", "Normal", f"<w:keepNext/>{SHADE}", look)
    return notes + title + paragraph("Callout", "Callout", "Normal", SHADE, run(BODY, 20))


def dress(styles: str) -> str:
    """The paper's styles."""
    bold, left = "<w:b/>", '<w:jc w:val="left"/>'
    styles = restyle(ruled(styles), "Normal", run(BODY, 21))
    styles = restyle(styles, "Title", run(SANS, 40, bold=bold), left)
    styles = restyle(styles, "Subtitle", run(BODY, 25, colour=GREY), left)
    styles = restyle(styles, "Author", run(BODY, 21), left)
    styles = restyle(styles, "Date", run(BODY, 19, colour=GREY), left)
    for level, size in (("1", 28), ("2", 23), ("3", 21)):
        styles = restyle(styles, f"Heading{level}", run(SANS, size, bold=bold))
    styles = restyle(styles, "Caption", run(SANS, 18))
    styles = restyle(styles, "Compact", run(SANS, 18))
    return styles.replace("</w:styles>", f"{added()}</w:styles>")


def edited(name: str, part: bytes) -> bytes:
    """One part of the document, changed where it has to be."""
    text = part.decode("utf-8") if name.endswith((".xml", ".rels")) else ""
    match name:
        case "word/styles.xml":
            return dress(text).encode()
        case "word/document.xml":
            return re.sub(r"<w:sectPr>.*?</w:sectPr>", SECTION, text, flags=re.DOTALL).encode()
        case "word/_rels/document.xml.rels":
            return text.replace("</Relationships>", RELATION).encode()
        case "[Content_Types].xml":
            return text.replace("</Types>", CONTENT_TYPE).encode()
    return part


def main() -> None:
    """Write the reference document, the same bytes every time."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    given = subprocess.run(command, capture_output=True, check=True).stdout
    with zipfile.ZipFile(BytesIO(given)) as before, zipfile.ZipFile(TARGET, "w") as after:
        parts = {name: edited(name, before.read(name)) for name in before.namelist()}
        for name, part in [*parts.items(), ("word/footer1.xml", FOOTER.encode())]:
            after.writestr(zipfile.ZipInfo(name, STEADY), part, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
