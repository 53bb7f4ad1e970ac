"""From the queue to the operator's transport: once, or not at all where nobody can tell."""

import datetime as dt
import logging
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fans.people.post import receivers
from fans.people.post.models import Kind, Mail, State
from fans.people.post.queueing import defer, mail_leaves
from fans.people.post.verdicts import Next, Verdict, verdict_of

logger = logging.getLogger(__name__)

WAITS: Final = tuple(
    dt.timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 30, 60, 180, 360, 720)
)
"""How long to wait after each try that failed; after the last one, nobody tries again."""
CUT_SHORT_AFTER: Final = dt.timedelta(minutes=15)
LATE_AFTER: Final = dt.timedelta(minutes=1)
SWEEP_FOR: Final = dt.timedelta(seconds=50)
_NOTHING: Final[dict[str, Any]] = {"subject": "", "body": "", "html": "", "headers": {}}
_DJANGOS: Final = "django.core.mail.backends.smtp.EmailBackend"
_OURS: Final = "fans.people.post.smtp.EmailBackend"


def hand_over(mail_id: int) -> None:
    """Hand one mail to the transport, unless somebody else does, or it is not to leave."""
    mail = _take(mail_id)
    if mail is None:
        return
    if not mail_leaves():
        _settle(mail, State.KEPT, blank=False)
    elif reason := receivers.why_not(mail.kind, mail.to, mail.asset):
        _settle(mail, State.STOPPED, error=reason)
    else:
        _give(mail)


def sweep() -> int:
    """Hand over what was left behind, and give up what was cut short; return how many."""
    now = timezone.now()
    # Its worker was killed in the middle: it may have left, and must not leave twice.
    lost = Mail.objects.filter(state=State.LEAVING, taken_at__lt=now - CUT_SHORT_AFTER)
    count = lost.update(
        state=State.FAILED, error="may have left: the worker was cut short", **_NOTHING
    )
    late = Mail.objects.due().filter(next_try_at__lt=now - LATE_AFTER)
    for mail_id in late.order_by("next_try_at").values_list("pk", flat=True)[:500]:
        if timezone.now() - now > SWEEP_FOR:
            break
        hand_over(mail_id)
        count += 1
    return count


def _take(mail_id: int) -> Mail | None:
    """Take a mail so that nobody else does: committed before anything is sent."""
    due = Mail.objects.due().filter(pk=mail_id)
    taken = due.update(
        state=State.LEAVING, taken_at=timezone.now(), tries=F("tries") + 1, error=""
    )
    return Mail.objects.select_related("asset").get(pk=mail_id) if taken else None


def _give(mail: Mail) -> None:
    try:
        given_id = _through_transport(mail)
    except Exception as error:
        _refused(mail, verdict_of(error))
        return
    _settle(mail, State.SENT, sent_at=timezone.now(), message_id=given_id or mail.message_id)


def _through_transport(mail: Mail) -> str:
    """Send, and return the provider's own id of the mail, if it gave one."""
    path = settings.MAIL_TRANSPORT
    transport = get_connection(_OURS if path == _DJANGOS else path)
    message = _message(mail)
    transport.open()
    try:
        transport.send_messages([message])
    finally:
        _close(transport)
    status = getattr(message, "anymail_status", None)
    return str(getattr(status, "message_id", None) or "")


def _close(transport: Any) -> None:
    """End the talk; a line that breaks now changes nothing about the mail."""
    try:
        transport.close()
    except OSError:
        logger.info("The mail server hung up without a word.")


def _message(mail: Mail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.body,
        from_email=mail.from_email or None,
        to=[mail.to],
        headers={**mail.headers, "Message-ID": mail.message_id},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _refused(mail: Mail, verdict: Verdict) -> None:
    if verdict.next is Next.LATER and mail.tries <= len(WAITS):
        _try_later(mail, verdict)
    elif verdict.next is Next.BOUNCED:
        with transaction.atomic():
            _settle(mail, State.BOUNCED, error=verdict.words)
            receivers.note_bounce(mail.to)
    else:
        _settle(mail, State.FAILED, error=verdict.words)


@transaction.atomic
def _try_later(mail: Mail, verdict: Verdict) -> None:
    mail.state, mail.error = State.QUEUED, verdict.words[:120]
    mail.next_try_at = timezone.now() + WAITS[mail.tries - 1]
    mail.save(update_fields=["state", "error", "next_try_at"])
    defer(mail)
    logger.info("Mail %d waits for try %d: %s", mail.pk, mail.tries + 1, mail.error)


def _settle(mail: Mail, state: State, *, blank: bool = True, **facts: Any) -> None:
    """Write down what became of a mail; its words go with it."""
    facts["error"] = str(facts.get("error", ""))[:120]
    gone = _NOTHING if blank else {}
    Mail.objects.filter(pk=mail.pk, state=State.LEAVING).update(state=state, **gone, **facts)
    level = logging.INFO if state in {State.SENT, State.KEPT} else logging.WARNING
    words = f"{state}, {facts['error']}" if facts["error"] else state
    logger.log(level, "Mail %d (%s): %s", mail.pk, Kind(mail.kind), words)
