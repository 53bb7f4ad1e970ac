"""What a mail provider tells: forged, repeated, and true."""

import base64
import json

import pytest
from anymail.signals import AnymailTrackingEvent
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from fans.people import inviting
from fans.people.models import Invitation
from fans.people.post import events, receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import Mail, Returned, State, Stop
from tests import factories

ADA = "ada@example.org"
POSTMARK = "anymail.backends.postmark.EmailBackend"


@pytest.fixture
def secret(queue, settings):
    """Mail goes through a provider that knows the secret."""
    settings.MAIL_TRANSPORT = POSTMARK
    settings.MAIL_WEBHOOK_SECRET = "s3cret"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "mail:s3cret"}
    return "mail:s3cret"


@pytest.fixture
def sent(db):
    return Mail.objects.create(
        to=ADA, message_id="id-1", state=State.SENT, sent_at=timezone.now()
    )


def bounce(recipient=ADA, message_id="id-1", kind="HardBounce", record="Bounce"):
    return {
        "RecordType": record,
        "Type": kind,
        "MessageID": message_id,
        "Email": recipient,
        "BouncedAt": "2026-11-22T04:00:00Z",
        "ID": 42,
    }


def tell(client, event, user="mail:s3cret"):
    more = {}
    if user:
        more["headers"] = {"Authorization": f"Basic {base64.b64encode(user.encode()).decode()}"}
    body = event if isinstance(event, str) else json.dumps(event)
    return client.post(reverse("post:events"), body, content_type="application/json", **more)


def test_a_bounce_marks_the_mail_and_the_address_by_its_hash(client, secret, sent):
    assert tell(client, bounce()).status_code == 200

    sent.refresh_from_db()
    assert sent.state == State.BOUNCED
    assert Returned.objects.get().address_hash == hash_of_address(ADA)


def test_a_complaint_stops_everything_that_can_be_stopped(client, secret, sent):
    tell(client, bounce(kind="SpamComplaint", record="SpamComplaint"))

    sent.refresh_from_db()
    assert sent.state == State.COMPLAINED
    assert Stop.objects.get().kind == "all"
    assert receivers.why_not("programme", ADA)
    assert receivers.why_not("account", ADA) == ""


def test_nobody_tells_anything_where_no_secret_is_set(client, secret, sent, settings):
    settings.MAIL_WEBHOOK_SECRET = ""

    assert tell(client, bounce()).status_code == 404
    assert not Returned.objects.exists()


@pytest.mark.parametrize("user", ["", "mail:wrong", "mail:", "other:s3cret"])
def test_forged_news_are_refused(client, secret, sent, user):
    assert tell(client, bounce(), user=user).status_code == 400
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert not Returned.objects.exists()


def test_there_is_no_such_address_for_plain_smtp(client, secret, settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"

    assert tell(client, bounce()).status_code == 404


def test_old_news_sent_again_do_not_mark_somebody_who_was_forgiven(client, secret, sent):
    tell(client, bounce())
    receivers.forgive(ADA)

    assert tell(client, bounce()).status_code == 200
    assert not Returned.objects.exists()


@pytest.mark.parametrize(
    "event", [bounce(message_id="other"), bounce(recipient="bob@example.org")]
)
def test_news_of_mail_that_is_not_ours_mark_nobody(client, secret, sent, event):
    assert tell(client, event).status_code == 200
    assert not Returned.objects.exists()


def test_mail_that_arrived_changes_nothing(client, secret, sent):
    tell(client, bounce(record="Delivery"))

    sent.refresh_from_db()
    assert sent.state == State.SENT


@pytest.mark.parametrize(
    "body", ["{", "[]", '"x"', "7", "null", "{}", '{"RecordType": 5}', "[" * 100_000]
)
def test_what_no_provider_sends_breaks_nothing(client, secret, body):
    assert tell(client, body).status_code in (200, 400)


def test_looking_at_the_address_shows_nothing(client, secret):
    assert client.get(reverse("post:events")).status_code == 405


@pytest.mark.parametrize(
    ("kind", "reason", "state", "marked"),
    [
        ("rejected", "invalid", State.BOUNCED, True),
        ("rejected", "blocked", State.FAILED, False),
        ("failed", None, State.FAILED, False),
        ("rejected", "spam", State.COMPLAINED, True),
        ("deferred", None, State.SENT, False),
    ],
)
def test_what_the_kinds_of_news_mean(queue, sent, kind, reason, state, marked):
    event = AnymailTrackingEvent(
        event_type=kind, reject_reason=reason, message_id="id-1", recipient=ADA.upper()
    )
    events.hear(None, event, "Postmark")

    sent.refresh_from_db()
    assert sent.state == state
    assert Returned.objects.exists() is marked


def test_whoever_stopped_mail_with_the_provider_gets_none_from_us(queue, sent):
    event = AnymailTrackingEvent(event_type="unsubscribed", message_id="id-1", recipient=ADA)
    events.hear(None, event, "Postmark")

    assert Stop.objects.get().kind == "all"


# --- invitations that come back ----------------------------------------------------------


def test_whoever_invited_somebody_sees_that_it_could_not_be_delivered(
    client, server, work, manager, home
):
    invitation = inviting.invite(email=ADA, role="coordinator", scope=home, by=manager)
    other = factories.InvitationFactory()
    server.replies["RCPT"] = "550 5.1.1 unknown"
    work()
    client.force_login(manager)

    assert "Could not be delivered" in client.get(reverse("people:roles")).content.decode()
    other.refresh_from_db()
    assert other.returned_at is None

    inviting.send_again(invitation=invitation, by=manager)
    assert Invitation.objects.get(pk=invitation.pk).returned_at is None


# --- trying a transport ------------------------------------------------------------------


def test_a_test_mail_says_that_it_was_taken(server, capsys):
    call_command("send_test_mail", ADA)

    assert "Handed over" in capsys.readouterr().out
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("stage", "reply", "words"),
    [
        ("RCPT", "550 5.1.1 unknown", "address refused: 550 5.1.1"),
        ("RCPT", "451 later", "The worker tries again"),
        ("MAIL", "550 5.1.8 no", "sender refused: 550 5.1.8"),
    ],
)
def test_a_test_mail_says_what_was_refused(server, stage, reply, words):
    server.replies[stage] = reply

    with pytest.raises(CommandError, match=words):
        call_command("send_test_mail", ADA)


def test_a_test_mail_says_that_none_leaves(queue):
    with pytest.raises(CommandError, match="FANS_MAIL_TRANSPORT is empty"):
        call_command("send_test_mail", ADA)
    assert not Mail.objects.exists()


def test_a_test_mail_goes_to_an_address(server):
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("send_test_mail", "Ada")
