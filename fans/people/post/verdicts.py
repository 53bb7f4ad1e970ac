"""What a refused mail means: try later, give up, or write to this address no more."""

import re
import smtplib
from dataclasses import dataclass
from enum import Enum
from typing import Final

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from requests.exceptions import ReadTimeout

from fans.people.post.errors import MayHaveLeftError


class Next(Enum):
    """What to do with the mail."""

    LATER = "later"
    BOUNCED = "bounced"
    FAILED = "failed"


@dataclass(frozen=True)
class Verdict:
    """What to do, and what to remember: codes and our own words, never the server's."""

    next: Next
    words: str


# "No such mailbox" in its forms. Other refusals speak of us: marking the address for a
# relay that will not have our sender would mark everybody.
_NO_SUCH_MAILBOX: Final = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.1"}
_NO_SUCH_MAILBOX_BARE: Final = {550, 551, 553, 556}
_ENHANCED: Final = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_RELAY: Final = re.compile(r"\brelay", re.IGNORECASE)
_PERMANENT: Final = 500
_SERVERS_FAULT: Final = 500
# A key that is wrong, or a limit: the operator or the hour mends it.
_MENDED_LATER: Final = {401, 402, 403, 404, 408, 409, 425, 429}
IN_DOUBT: Final = "may have left: no answer came"


def verdict_of(error: Exception) -> Verdict:
    """Judge what a transport raised."""
    if isinstance(error, MayHaveLeftError | ReadTimeout):
        # Rather once too few than twice: nobody can tell.
        return Verdict(Next.FAILED, IN_DOUBT)
    if isinstance(error, smtplib.SMTPException):
        return _of_smtp(error)
    if isinstance(error, AnymailError):
        return _of_provider(error)
    if isinstance(error, ValueError):  # what no mail can be made of
        return Verdict(Next.FAILED, type(error).__name__)
    return Verdict(Next.LATER, type(error).__name__)


def _of_smtp(error: smtplib.SMTPException) -> Verdict:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _of_recipient(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Verdict(Next.LATER, f"signing in refused: {error.smtp_code}")
    if isinstance(error, smtplib.SMTPResponseException):
        what = "sender" if isinstance(error, smtplib.SMTPSenderRefused) else "mail"
        words = f"{what} refused: {_codes(error.smtp_code, _text(error.smtp_error))}"
        return Verdict(Next.FAILED if error.smtp_code >= _PERMANENT else Next.LATER, words)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Verdict(Next.FAILED, type(error).__name__)
    return Verdict(Next.LATER, type(error).__name__)


def _of_recipient(code: int, reply: bytes | str) -> Verdict:
    text = _text(reply)
    words = f"address refused: {_codes(code, text)}"
    if code < _PERMANENT:
        return Verdict(Next.LATER, words)
    enhanced = _ENHANCED.search(text)
    if enhanced:
        gone = enhanced.group() in _NO_SUCH_MAILBOX
    else:
        gone = code in _NO_SUCH_MAILBOX_BARE and not _RELAY.search(text)
    return Verdict(Next.BOUNCED if gone else Next.FAILED, words)


def _of_provider(error: AnymailError) -> Verdict:
    if isinstance(error, AnymailRecipientsRefused):
        return Verdict(Next.BOUNCED, "address refused by the provider")
    status = error.status_code
    if isinstance(error, AnymailAPIError) and (
        status is None or status >= _SERVERS_FAULT or status in _MENDED_LATER
    ):
        return Verdict(Next.LATER, f"provider: {status or 'no answer'}")
    return Verdict(Next.FAILED, f"provider: {status or type(error).__name__}")


def _codes(code: int, text: str) -> str:
    found = _ENHANCED.search(text)
    return f"{code} {found.group()}" if found else str(code)


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
