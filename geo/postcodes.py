"""UK postcodes as text: read, written and taken apart.

The shapes are those of BS 7666. NPT is Newport's old district, which the directory of
the Office for National Statistics still lists.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

UNIT_POSTCODE: Final = r"^([A-Z]{1,2}[0-9][A-Z0-9]?|NPT)[0-9][A-Z]{2}$"
"""A unit postcode without its space, upper case."""

_UNIT = re.compile(UNIT_POSTCODE)
_OUTCODE = re.compile(r"^(?:[A-Z]{1,2}[0-9][A-Z0-9]?|NPT)$")
_AREA = re.compile(r"^[A-Z]{1,2}$")
_INWARD_LETTERS = 3
_LONGEST = 7
# Typed for one another; which is meant follows from where it stands.
_AS_DIGIT = str.maketrans({"O": "0", "I": "1"})
_AS_LETTER = str.maketrans({"0": "O", "1": "I"})


class NotAPostcodeError(ValueError):
    """The text is not a postcode."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text.strip()[:20]}” is not a postcode")


@dataclass(frozen=True, order=True)
class UnitPostcode:
    """One unit postcode, such as M33 2DH."""

    outward: str
    inward: str

    @classmethod
    def parse(cls, text: str, *, mend: bool = False) -> Self:
        """Read a postcode whatever its case and spaces.

        ``mend`` also takes the letter O for the digit 0, and the like, where only one
        of them can stand: "WA15 OHF" is WA15 0HF.

        Raises:
            NotAPostcodeError: it does not have a postcode's shape.
        """
        code = "".join(text.split()).upper()
        # isascii: "İ" and its like change length, and "Ⅳ" is no letter of a postcode.
        if not code.isascii() or len(code) > _LONGEST:
            raise NotAPostcodeError(text)
        outward, inward = code[:-_INWARD_LETTERS], code[-_INWARD_LETTERS:]
        if mend and not _UNIT.match(code):
            # Inward letters are never O or I: only the digit can be a slip.
            inward = inward[:1].translate(_AS_DIGIT) + inward[1:]
            outward = _mended_outward(outward)
        if not _UNIT.match(outward + inward):
            raise NotAPostcodeError(text)
        return cls(outward, inward)

    @property
    def code(self) -> str:
        """Return it without its space, as the gazetteer keeps it: M332DH."""
        return self.outward + self.inward

    @property
    def sector(self) -> str:
        """Return its sector: M33 2."""
        return f"{self.outward} {self.inward[0]}"

    @property
    def outcode(self) -> str:
        """Return its district: M33."""
        return self.outward

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}"


def parse_postcode(text: str, *, mend: bool = False) -> UnitPostcode | None:
    """Read a postcode; None where the text is none. See ``UnitPostcode.parse``."""
    try:
        return UnitPostcode.parse(text, mend=mend)
    except NotAPostcodeError:
        return None


def parse_outcode(text: str) -> str | None:
    """Read a district such as "m33"; None where the text is none."""
    code = "".join(text.split()).upper()
    return code if code.isascii() and _OUTCODE.match(code) else None


def parse_sector(text: str) -> str | None:
    """Read a sector such as "m33 2"; None where the text is none."""
    outward, _, digit = " ".join(text.split()).upper().rpartition(" ")
    if len(digit) == 1 and digit in "0123456789" and parse_outcode(outward):
        return f"{parse_outcode(outward)} {digit}"
    return None


def parse_area(text: str) -> str | None:
    """Read a postcode area such as "wa"; None where the text is none."""
    code = text.strip().upper()
    return code if _AREA.match(code) else None


def _mended_outward(outward: str) -> str:
    # The first is always a letter, the last of a shape like M33 or M3 a digit.
    mended = outward[:1].translate(_AS_LETTER) + outward[1:]
    if _OUTCODE.match(mended):
        return mended
    return mended[:1] + mended[1:].translate(_AS_DIGIT)
