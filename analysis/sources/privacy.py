"""Find what identifies a person, and keep it out of messages."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.faults import Fault

HEADERS = ("姓名", "身份证", "证件号", "电话", "手机", "银行卡", "银行账号")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
SHORTEST = 11
LONGEST = 60


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A kind of number that belongs to one person: its form, and the check digit that confirms it."""

    name: str
    form: re.Pattern[str]
    confirms: Callable[[str], bool]

    def starred(self, match: re.Match[str]) -> str:
        """Return the first three digits of a confirmed number and a star for each other."""
        number = match[0]
        return number[:3] + "*" * (len(number) - 3) if self.confirms(number) else number


def passes_identity_check(number: str) -> bool:
    """Check an identity-card number by its last character (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECK_CHARACTERS[total % 11] == number[-1].upper()


def passes_luhn(number: str) -> bool:
    """Check the number of a bank card by Luhn's formula (ISO/IEC 7812)."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + doubled) % 10 == 0


def always(number: str) -> bool:
    """Confirm a number that has no check digit."""
    return bool(number)


def standing_alone(form: str) -> re.Pattern[str]:
    """Return the form where it is no part of a longer word, number or decimal."""
    return re.compile(rf"(?<![0-9A-Za-z.])(?:{form})(?![0-9A-Za-z]|\.[0-9])")


BIRTH = "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
IDENTITY_CARD = PersonalNumber(
    "identity-card numbers", standing_alone(f"[1-9][0-9]{{5}}{BIRTH}[0-9]{{3}}[0-9Xx]"), passes_identity_check
)
MOBILE = PersonalNumber("mobile numbers", standing_alone("1[3-9][0-9]{9}"), always)
BANK_CARD = PersonalNumber("bank-card numbers", standing_alone("[0-9]{16,19}"), passes_luhn)
KINDS = (IDENTITY_CARD, MOBILE, BANK_CARD)


def personal_faults(place: str, header: str, cells: pd.Series, identifier: bool) -> list[Fault]:
    """Return the fault of a column that holds personal data, none where it holds none.

    An `identifier` is searched for identity cards only.
    """
    filled = cells[cells != ""]
    if any(word in header for word in HEADERS) and not header.startswith("是否") and len(filled):
        return [personal(place, header, "personal data, by its header,", filled)]
    long = filled[filled.str.len() >= SHORTEST]
    for kind in (IDENTITY_CARD,) if identifier else KINDS:
        rows = confirmed(kind, long, by_chance=identifier or kind is BANK_CARD)
        if len(rows):
            return [personal(place, header, kind.name, rows)]
    return []


def confirmed(kind: PersonalNumber, cells: pd.Series, by_chance: bool) -> pd.Series:
    """Return the cells that hold such a number.

    Where numbers of that form may stand `by_chance`, as in a column of codes, one in ten or eleven passes
    the check digit; there more than half must, or none is taken for personal.
    """
    numbers = {text: kind.form.findall(text) for text in cells.unique()}
    formed = {text: found for text, found in numbers.items() if found}
    sure = [text for text, found in formed.items() if any(kind.confirms(number) for number in found)]
    if by_chance and 2 * len(sure) <= len(formed):
        return cells.iloc[:0]
    return cells[cells.isin(sure)]


def personal(place: str, header: str, what: str, rows: pd.Series) -> Fault:
    """Return the fault of a column with personal data; no value is shown."""
    return Fault(
        f"{place}, column {header}",
        f"{what} in {len(rows):,} row{'s' if len(rows) > 1 else ''}, the first row {rows.index[0]}",
        "nothing that identifies a person",
        "remove the column from the file, or put pseudonyms in its place",
    )


def shortened(text: str) -> str:
    """Return the text masked, and cut where it is longer than a message should be."""
    safe = masked(text)
    return safe if len(safe) <= LONGEST else f"{safe[: LONGEST - 1]}…"


def masked(text: str) -> str:
    """Return the text with all but the first three digits of each personal number starred."""
    for kind in KINDS:
        text = kind.form.sub(kind.starred, text)
    return text
