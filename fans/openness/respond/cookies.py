"""What a respondent's browser keeps: the code, the sheet begun, a random device mark."""

import secrets
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fans.people.kept_token import forget, kept

CODE: Final = "answer-code"
SHEET: Final = "answer-sheet"
DEVICE: Final = "answer-device"

_DAY: Final = 24 * 60 * 60
SHEET_DAYS: Final = 28
DEVICE_DAYS: Final = 60

__all__ = [
    "CODE",
    "DEVICE",
    "SHEET",
    "device_of",
    "forget",
    "keep_device",
    "keep_sheet",
    "kept",
]


def keep_sheet(response: HttpResponse, token: str, *, is_shared: bool) -> HttpResponse:
    """Keep a sheet's token: on a shared device until the browser is closed, else four weeks."""
    return _set(response, SHEET, token, None if is_shared else SHEET_DAYS * _DAY)


def device_of(request: HttpRequest) -> str:
    """Return the device's random mark; a new one where it has none."""
    return kept(request, DEVICE) or secrets.token_urlsafe(24)


def keep_device(response: HttpResponse, mark: str) -> HttpResponse:
    """Keep the device's mark for as long as a wave may last."""
    return _set(response, DEVICE, mark, DEVICE_DAYS * _DAY)


def _set(response: HttpResponse, name: str, value: str, max_age: int | None) -> HttpResponse:
    response.set_cookie(
        f"__Host-{name}" if settings.HTTPS else f"fans-{name}",
        value,
        max_age=max_age,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
