"""Who may read mail that did not leave."""

import importlib

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from fans.people.models import Person
from fans.people.post.models import Mail, State
from tests import factories


@pytest.fixture
def demo_person(db) -> Person:
    return factories.PersonFactory(is_demo=True)


def kept(body="XYZ") -> Mail:
    return Mail.objects.create(to="a@example.org", subject="Code", body=body, state=State.KEPT)


def test_anybody_reads_the_demos_outbox(client, demo_person):
    mail = kept("XYZ <b>now</b>")

    page = client.get(reverse("people:outbox")).content.decode()
    letter = client.get(reverse("people:outbox_mail", args=[mail.pk])).content.decode()

    assert "Code" in page
    assert "XYZ &lt;b&gt;now&lt;/b&gt;" in letter


def test_an_empty_outbox_says_what_fills_it(client, demo_person):
    assert "No mail yet" in client.get(reverse("people:outbox")).content.decode()


def test_there_is_no_outbox_where_no_demo_runs(client, db):
    assert client.get(reverse("people:outbox")).status_code == 404
    assert client.get(reverse("people:outbox_mail", args=[kept().pk])).status_code == 404


def test_a_real_account_closes_the_demos_outbox_to_strangers(client, demo_person, stranger):
    client.force_login(stranger)

    assert client.get(reverse("people:outbox")).status_code == 404


def test_an_administrator_sees_that_mail_waits_and_not_what_it_says(client, administrator):
    mail = kept("482913")
    client.force_login(administrator)

    page = client.get(reverse("people:outbox")).content.decode()
    letter = client.get(reverse("people:outbox_mail", args=[mail.pk]))

    assert "Code" in page
    assert "482913" not in page
    assert letter.status_code == 404


def test_an_administrator_sees_what_became_of_all_mail(client, administrator):
    kept()
    Mail.objects.create(to="b@example.org", state=State.BOUNCED)
    Mail.objects.create(to="c@example.org", state=State.BOUNCED)
    client.force_login(administrator)

    page = client.get(reverse("people:outbox")).content.decode()

    assert "<dt>Came back</dt><dd>2</dd>" in page
    assert "b@example.org" not in page


def test_mail_on_its_way_is_nobodys_to_read(client, demo_person):
    mail = Mail.objects.create(to="a@example.org", subject="Code", body="XYZ")

    assert client.get(reverse("people:outbox_mail", args=[mail.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_the_old_outbox_kept_is_taken_over_and_given_back():
    step = importlib.import_module("fans.people.post.migrations.0002_mail_of_the_outbox")
    before = [("people", "0005_record_changes"), ("post", "0001_mail_queue_stops_approvals")]
    executor = MigrationExecutor(connection)
    old = executor.loader.project_state(before).apps
    table = old.get_model("people", "OutboxMail")

    class Both:
        """The records of then and of now, as in the middle of migrating."""

        def get_model(self, room, name):
            return table if name == "OutboxMail" else apps.get_model(room, name)

    with connection.schema_editor() as editor:
        editor.create_model(table)
    try:
        table.objects.create(to="a@example.org, b@example.org", subject="Code", body="XYZ")
        step.take_over(Both(), None)
        taken = list(Mail.objects.order_by("to").values_list("to", "state", "subject", "body"))
        table.objects.all().delete()
        step.give_back(Both(), None)
        given = list(table.objects.order_by("to").values_list("to", "subject", "body"))
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(table)

    assert taken == [
        ("a@example.org", "kept", "Code", "XYZ"),
        ("b@example.org", "kept", "Code", "XYZ"),
    ]
    assert given == [("a@example.org", "Code", "XYZ"), ("b@example.org", "Code", "XYZ")]
