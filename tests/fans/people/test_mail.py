"""Whether a mail leaves the house, and who may read what did not."""

import pytest
from django.core import mail
from django.urls import reverse

from fans.people.models import OutboxMail, Person
from tests import factories

BACKEND = "fans.people.mail.PolicyEmailBackend"
MEMORY = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _policy(settings, db):
    settings.EMAIL_BACKEND = BACKEND


@pytest.fixture
def demo_person() -> Person:
    return factories.PersonFactory(is_demo=True)


def test_mail_stays_in_the_outbox_without_a_transport():
    mail.send_mail("Hello", "How are you?", None, ["ada@example.org"])

    kept = OutboxMail.objects.get()
    assert (kept.to, kept.subject, kept.body) == ("ada@example.org", "Hello", "How are you?")
    assert mail.outbox == []


def test_mail_leaves_by_the_operators_transport(settings):
    settings.MAIL_TRANSPORT = MEMORY

    mail.send_mail("Hello", "How are you?", None, ["ada@example.org"])

    assert [sent.subject for sent in mail.outbox] == ["Hello"]
    assert not OutboxMail.objects.exists()


def test_the_demos_mail_never_leaves_whatever_the_transport(settings, demo_person):
    settings.MAIL_TRANSPORT = MEMORY

    mail.send_mail("Hello", "How are you?", None, ["ada@example.org"])

    assert mail.outbox == []
    assert OutboxMail.objects.count() == 1


def test_anybody_reads_the_demos_outbox(client, demo_person):
    kept = OutboxMail.objects.create(to="a@example.org", subject="Code", body="XYZ <b>now</b>")

    page = client.get(reverse("people:outbox")).content.decode()
    letter = client.get(reverse("people:outbox_mail", args=[kept.pk])).content.decode()

    assert "Code" in page
    assert "XYZ &lt;b&gt;now&lt;/b&gt;" in letter


def test_an_empty_outbox_says_what_fills_it(client, demo_person):
    assert "No mail yet" in client.get(reverse("people:outbox")).content.decode()


def test_there_is_no_outbox_where_no_demo_runs(client):
    kept = OutboxMail.objects.create(to="a@example.org", subject="Code", body="XYZ")

    assert client.get(reverse("people:outbox")).status_code == 404
    assert client.get(reverse("people:outbox_mail", args=[kept.pk])).status_code == 404


def test_a_real_account_closes_the_demos_outbox_to_strangers(client, demo_person, stranger):
    client.force_login(stranger)

    assert client.get(reverse("people:outbox")).status_code == 404


def test_an_administrator_reads_what_did_not_leave(client, administrator):
    client.force_login(administrator)

    assert client.get(reverse("people:outbox")).status_code == 200


def test_an_administrator_sees_that_mail_waits_and_not_what_it_says(client, administrator):
    kept = OutboxMail.objects.create(to="a@example.org", subject="Code", body="482913")
    client.force_login(administrator)

    page = client.get(reverse("people:outbox")).content.decode()
    letter = client.get(reverse("people:outbox_mail", args=[kept.pk]))

    assert "Code" in page
    assert "482913" not in page
    assert letter.status_code == 404
