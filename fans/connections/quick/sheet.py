"""The sheet that hangs on a wall: a code, and words for whoever stands before it."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import segno
from django.conf import settings
from django.urls import reverse

from fans.connections.quick.models import QuickCode

SIZES: Final = ("a4", "a6")


@dataclass(frozen=True)
class Sheet:
    """What stands on one sheet."""

    home_name: str
    hangs_at: str
    expires_on: dt.date
    code: str  # a QR code as the address of an image that holds it: black on white SVG
    address: str  # what the code says, for a phone without a camera
    size: str  # one of SIZES


def sheet_of(code: QuickCode, *, token: str, size: str) -> Sheet:
    """Lay out the sheet of a code whose token is at hand; an unknown size is A4."""
    address = f"{settings.SITE_URL}{reverse('quick:open', args=[token])}"
    drawn = segno.make(address, error="q", micro=False).svg_data_uri(border=4, scale=8)
    return Sheet(
        home_name=code.home.name,
        hangs_at=code.hangs_at,
        expires_on=code.expires_on,
        code=drawn,
        address=address,
        size=size if size in SIZES else SIZES[0],
    )
