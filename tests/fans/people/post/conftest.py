"""Mail that goes through the queue to a real little mail server."""

import email
import email.policy

import pytest
from django.core.mail.utils import DNS_NAME
from django.db import connection
from django.utils import timezone

from fans.people.post import handing_over
from fans.people.post.models import Mail, State
from tests.fans.people.post import smtp_server


@pytest.fixture
def queue(settings, db):
    """Mail goes into the queue, as it does outside of tests."""
    settings.EMAIL_BACKEND = "fans.people.post.backend.QueueBackend"
    settings.SITE_URL = "https://fans.example.org"
    settings.MAIL_HASH_KEY = "a key of the tests"


@pytest.fixture
def server(queue, settings, monkeypatch):
    """A mail server that takes everything, until told otherwise."""
    monkeypatch.setattr(DNS_NAME, "_fqdn", "here.example.org", raising=False)
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    with smtp_server.running() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 5
        yield running


@pytest.fixture
def work():
    """Hand over whatever waits, as a worker does whose clock has come to it."""

    def hand_over_all():
        waiting = Mail.objects.filter(state=State.QUEUED)
        waiting.update(next_try_at=timezone.now())
        for pk in waiting.order_by("pk").values_list("pk", flat=True):
            handing_over.hand_over(pk)

    return hand_over_all


@pytest.fixture
def read():
    """Read what the server took."""

    def parse(taken):
        return email.message_from_bytes(taken[1], policy=email.policy.default)

    return parse


@pytest.fixture
def no_jobs_left(db):
    """Take back what was asked of workers: tests that commit would leave it behind."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
