"""From a mail of Django's to a row of the queue, in the transaction that caused it."""

from collections.abc import Iterable
from email.utils import make_msgid
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from fans.people.demo import demo_is_loaded
from fans.people.models import Person
from fans.people.post.addresses import bare
from fans.people.post.errors import CannotBeQueuedError
from fans.people.post.models import Kind, Mail, State

HAND_OVER: Final = "post.hand_over"
# Nobody's holiday message answers to a machine.
_ALWAYS: Final = {"Auto-Submitted": "auto-generated"}


class PostMessage(EmailMultiAlternatives):
    """A mail that knows its kind; one without is about somebody's account."""

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        person: Person | None = None,
        by: Person | None = None,
        asset: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.person, self.by, self.asset = kind, person, by, asset


def mail_leaves() -> bool:
    """Say whether mail leaves this installation at all; the demo's never does."""
    return bool(settings.MAIL_TRANSPORT) and not demo_is_loaded()


@transaction.atomic
def queue(message: EmailMessage) -> list[Mail]:
    """Write a mail down, one row for each address, and ask a worker to hand it over.

    Raises:
        BadHeaderError: a subject, name or address would write lines of its own.
        CannotBeQueuedError: it has files, or is in a form that the queue does not keep.
        NoAddressError: it is for what is no address.
    """
    recipients = message.recipients()
    if not recipients:
        return []
    html = _html_of(message)
    message.subject, message.body = (
        _storable(str(message.subject)),
        _storable(str(message.body)),
    )
    message.message()  # so that whoever wrote it hears of it, not the worker
    rows = [_row(message, html, address) for address in _each_once(recipients)]
    for row in rows:
        row.save()
        if row.state == State.QUEUED:
            defer(row)
    return rows


def defer(mail: Mail) -> None:
    """Ask a worker to hand a mail over when its time has come."""
    later = mail.next_try_at if mail.next_try_at > timezone.now() else None
    app.configure_task(HAND_OVER, queue="mail", schedule_at=later).defer(mail_id=mail.pk)


def _row(message: EmailMessage, html: str, address: str) -> Mail:
    person = getattr(message, "person", None)
    return Mail(
        kind=getattr(message, "kind", Kind.ACCOUNT),
        state=State.QUEUED if mail_leaves() else State.KEPT,
        to=address,
        person=person or Person.objects.filter(email=address.lower()).first(),
        by=getattr(message, "by", None),
        asset=getattr(message, "asset", None),
        from_email=message.from_email or "",
        subject=str(message.subject),
        body=str(message.body),
        html=_storable(html),
        headers=_headers_of(message),
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost"),
    )


def _headers_of(message: EmailMessage) -> dict[str, str]:
    given = {str(name): str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        given["Reply-To"] = ", ".join(map(str, message.reply_to))
    return {**_ALWAYS, **given}


def _html_of(message: EmailMessage) -> str:
    """Return the other form of a mail; "" where there is none."""
    others = getattr(message, "alternatives", [])
    if (
        message.attachments
        or message.content_subtype != "plain"
        or any(kind != "text/html" for _, kind in others)
    ):
        raise CannotBeQueuedError("Mail goes as plain text, with HTML beside it at most.")
    return str(others[0][0]) if others else ""


def _each_once(recipients: Iterable[str]) -> list[str]:
    """Return the addresses alone: nobody learns who else was written to."""
    return list(dict.fromkeys(bare(str(one)) for one in recipients))


def _storable(text: str) -> str:
    """Leave out what PostgreSQL cannot keep."""
    return text.replace("\0", "").encode(errors="replace").decode()
