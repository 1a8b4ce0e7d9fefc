"""Bytes to text, strictly: UTF-8 with or without byte order mark, or GB18030."""

import codecs
from dataclasses import dataclass
from typing import Literal

from analysis.faults import Fault, Faults

Encoding = Literal["utf-8", "gb18030"]
ALLOWED = "UTF-8 or GB18030 (which includes GBK and GB2312)"
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file and the encoding that it had: utf-8, utf-8-sig or gb18030."""

    text: str
    encoding: str


def decode(place: str, content: bytes, declared: Encoding | None) -> Decoded:
    """Return the text of `content`; raises Faults where it is not in the declared or any allowed encoding."""
    if content.startswith(WIDE_MARKS):
        raise Faults([Fault(place, "the file is UTF-16", ALLOWED, "save it as CSV UTF-8")])
    found = detect(content)
    if found is None:
        raise Faults([Fault(place, position(content), ALLOWED, "export the file again, as CSV UTF-8")])
    if declared is not None and not agrees(content, declared, found):
        raise Faults(
            [
                Fault(
                    place,
                    f"the file is {found}, not {declared}",
                    f"{declared}, as region.yaml declares",
                    f"say `encoding: {found.removesuffix('-sig')}` in region.yaml, or leave `encoding` out",
                )
            ]
        )
    return Decoded(content.decode(found), found)


def detect(content: bytes) -> str | None:
    """Return the first encoding that fits every byte: UTF-8 first, since GB18030 fits too much."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig" if fits(content, "utf-8") else None
    return next((name for name in ("utf-8", "gb18030") if fits(content, name)), None)


def fits(content: bytes, encoding: str) -> bool:
    """Return whether the bytes are text in the encoding."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def agrees(content: bytes, declared: Encoding, found: str) -> bool:
    """Return whether the declared encoding is the one found; plain ASCII is text in both."""
    return content.isascii() or found.removesuffix("-sig") == declared


def position(content: bytes) -> str:
    """Say which byte is the first that UTF-8 does not allow, and which the first that GB18030 does not."""
    return "no text in a known encoding: " + " and ".join(
        f"{first_wrong(content, encoding)} is not {name}"
        for encoding, name in (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
    )


def first_wrong(content: bytes, encoding: str) -> str:
    """Name value, position and line of the first byte that does not fit."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return f"byte 0x{content[error.start]:02x} at position {error.start:,} (line {line:,})"
    raise ValueError(f"every byte fits {encoding}")
