"""What a mail provider tells afterwards: it came back, or somebody reported it."""

from typing import Any, Final

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.db import transaction

from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import EVERY_KIND, How, Mail, State

_CAME_BACK: Final = {EventType.BOUNCED, EventType.REJECTED}
# Refused without being tried, for reasons that do not speak of the mailbox.
_OTHER_REASONS: Final = {RejectReason.TIMED_OUT, RejectReason.BLOCKED, RejectReason.OTHER}


def hear(sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """Take one piece of news; anything but a first one of a mail of ours changes nothing."""
    if event.message_id and event.recipient:
        note(str(event.message_id), str(event.recipient), event)


@transaction.atomic
def note(message_id: str, recipient: str, event: AnymailTrackingEvent) -> None:
    """Write down what became of a mail that was sent."""
    sent = Mail.objects.select_for_update().filter(message_id=message_id, to__iexact=recipient)
    mail = sent.filter(state=State.SENT).first()
    if mail is None:
        return
    kind, reason = event.event_type, event.reject_reason
    if kind == EventType.COMPLAINED or reason == RejectReason.SPAM:
        _becomes(mail, State.COMPLAINED)
        receivers.note_complaint(mail.to)
    elif kind == EventType.UNSUBSCRIBED or reason == RejectReason.UNSUBSCRIBED:
        known = hash_of_address(mail.to)
        receivers.stop(address_hash=known, kind=EVERY_KIND, how=How.ONE_CLICK)
    elif kind == EventType.FAILED or (kind in _CAME_BACK and reason in _OTHER_REASONS):
        _becomes(mail, State.FAILED)
    elif kind in _CAME_BACK:
        _becomes(mail, State.BOUNCED)
        receivers.note_bounce(mail.to)


def _becomes(mail: Mail, state: State) -> None:
    mail.state, mail.error = state, "told by the provider"
    mail.save(update_fields=["state", "error"])
