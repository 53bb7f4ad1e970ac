"""From being written to being handed over: once, and with what caused it or not at all."""

import asyncio
import datetime as dt
import logging
import threading

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from fans.people.post import handing_over, queueing
from fans.people.post.errors import CannotBeQueuedError, NoAddressError
from fans.people.post.models import Kind, Mail, Returned, State
from tests import factories
from tests.fans.people.post.smtp_server import HANG_UP

ADA = "ada@example.org"
SECRET = "Your code: 482913 https://fans.example.org/x/abc"


def write(to=ADA, subject="Your code", body=SECRET, **kwargs):
    send_mail(subject, body, None, [to], **kwargs)


def the_mail() -> Mail:
    return Mail.objects.get()


def jobs():
    return ProcrastinateJob.objects.filter(task_name="post.hand_over")


# --- being queued ------------------------------------------------------------------------


def test_a_mail_waits_with_the_job_that_hands_it_over(server):
    write()

    assert (the_mail().state, the_mail().kind) == (State.QUEUED, Kind.ACCOUNT)
    assert [(job.args, job.queue_name) for job in jobs()] == [
        ({"mail_id": the_mail().pk}, "mail")
    ]
    assert server.talks == 0


def test_a_mail_whose_cause_was_rolled_back_never_was(server):
    with transaction.atomic():
        write()
        assert jobs().exists()
        transaction.set_rollback(True)

    assert not Mail.objects.exists()
    assert not jobs().exists()


def test_a_mail_leaves_with_what_was_written_and_nothing_of_it_stays(server, work, read):
    write()
    work()

    (taken,) = server.taken
    message = read(taken)
    assert ADA in taken[0]
    assert (message["To"], message["Subject"]) == (ADA, "Your code")
    assert SECRET in message.get_content()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == the_mail().message_id
    assert the_mail().state == State.SENT
    assert the_mail().sent_at is not None
    assert the_mail().subject == the_mail().body == the_mail().html == ""
    assert the_mail().headers == {}


def test_everybody_gets_a_mail_of_their_own(server, work, read):
    message = EmailMessage("Hello", "x", None, ["a@example.org", "b@example.org"])
    message.bcc, message.cc = ["c@example.org"], ["a@example.org"]
    message.send()
    work()

    assert sorted(read(taken)["To"] for taken in server.taken) == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]


def test_a_mail_belongs_to_whose_address_it_is(server):
    ada = factories.PersonFactory(email=ADA)
    write(to="Ada <ADA@example.org>")

    assert the_mail().person == ada
    assert the_mail().to == "ADA@example.org"


def test_html_beside_the_text_is_kept_and_sent(server, work, read):
    message = EmailMultiAlternatives("Hello", "plain", None, [ADA])
    message.attach_alternative("<p>marked</p>", "text/html")
    message.send()
    work()

    parts = [part.get_content_type() for part in read(server.taken[0]).walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]


def test_refuses_what_the_queue_does_not_keep(queue):
    with_file = EmailMessage("Hello", "x", None, [ADA])
    with_file.attach("list.csv", "a,b", "text/csv")
    only_html = EmailMessage("Hello", "<p>x", None, [ADA])
    only_html.content_subtype = "html"

    for message in (with_file, only_html):
        with pytest.raises(CannotBeQueuedError):
            message.send()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("subject", "to", "sender"),
    [
        ("Hello\nBcc: all@example.org", ADA, None),
        ("Hello\r\nBcc: all@example.org", ADA, None),
        ("Hello", "a@example.org\nBcc: all@example.org", None),
        ("Hello", ADA, "me@example.org\nBcc: all@example.org"),
    ],
)
def test_nobody_writes_headers_of_their_own(server, subject, to, sender):
    with pytest.raises((BadHeaderError, ValueError)):
        send_mail(subject, "x", sender, [to])
    assert not Mail.objects.exists()


@pytest.mark.parametrize("to", ["not an address", "@example.org", "ada@", "a b@example.org"])
def test_refuses_what_is_no_address(server, to):
    with pytest.raises((NoAddressError, ValueError)):
        write(to=to)
    assert not Mail.objects.exists()


def test_a_mail_to_nobody_is_none(server):
    assert EmailMessage("Hello", "x", None, []).send() == 0
    assert EmailMessage("Hello", "x", None, [""]).send() == 0
    assert not Mail.objects.exists()


def test_words_of_any_script_and_length_arrive(server, work, read):
    subject = "Žluťoučký kůň 🐎 " + "très long " * 40
    body = "Grüße, 你好\0 " + "x" * 5000 + "\n.\nnot the end\n" + "\ud800"
    write(subject=subject, body=body)
    work()

    message = read(server.taken[0])
    assert message["Subject"].strip() == subject.strip()
    content = message.get_content().replace("\r\n", "\n")
    assert "Grüße, 你好 " in content
    assert "x" * 5000 in content.replace("\n", "")
    assert "\n.\nnot the end" in content
    assert max(map(len, server.taken[0][1].split(b"\r\n"))) <= 998


# --- where nothing leaves ----------------------------------------------------------------


def test_without_a_transport_mail_is_kept_and_asked_of_nobody(queue):
    write()

    assert the_mail().state == State.KEPT
    assert the_mail().body == SECRET
    assert not jobs().exists()


def test_the_demos_mail_never_leaves_not_even_what_waited_before(server, work):
    write()
    factories.PersonFactory(is_demo=True)
    work()
    write(to="b@example.org")
    work()

    assert {mail.state for mail in Mail.objects.all()} == {State.KEPT}
    assert server.talks == 0


# --- what goes wrong ---------------------------------------------------------------------


def test_a_busy_server_is_asked_again_later_and_then_takes_it(server, work):
    server.replies["RCPT"] = ["451 4.7.1 greylisted", "250 fine"]
    write()
    work()

    assert (the_mail().state, the_mail().tries) == (State.QUEUED, 1)
    assert the_mail().error == "address refused: 451 4.7.1"
    assert the_mail().next_try_at > timezone.now()
    assert jobs().exclude(scheduled_at=None).count() == 1
    work()
    assert (the_mail().state, the_mail().tries) == (State.SENT, 2)
    assert len(server.taken) == 1


def test_waits_grow_and_end(server, work):
    server.replies["MAIL"] = "421 4.3.2 go away"
    write()
    waits = []
    for _ in handing_over.WAITS:
        work()
        assert the_mail().state == State.QUEUED
        waits.append(the_mail().next_try_at - timezone.now())
    work()

    assert waits == sorted(waits)
    assert the_mail().state == State.FAILED
    assert the_mail().body == ""
    assert server.taken == []


def test_nothing_is_tried_before_its_time(server):
    server.replies["RCPT"] = ["451 later"]
    write()
    handing_over.hand_over(the_mail().pk)
    handing_over.hand_over(the_mail().pk)

    assert the_mail().tries == 1


@pytest.mark.parametrize(
    "reply",
    ["550 5.1.1 no such user", "550 No such user", "553 5.1.3 bad", "550 5.2.1 disabled"],
)
def test_an_unknown_mailbox_is_a_bounce_and_is_remembered(server, work, reply):
    server.replies["RCPT"] = reply
    write()
    work()

    assert the_mail().state == State.BOUNCED
    assert the_mail().body == ""
    assert Returned.objects.count() == 1
    assert ADA not in str(Returned.objects.values())


@pytest.mark.parametrize(
    ("stage", "reply"),
    [
        ("RCPT", "554 5.7.1 Relay access denied"),
        ("RCPT", "550 relay not permitted"),
        ("RCPT", "552 5.2.2 mailbox full"),
        ("MAIL", "550 5.1.8 bad sender"),
        ("mail", "554 5.7.1 looks like spam"),
    ],
)
def test_a_refusal_that_is_not_about_the_mailbox_marks_nobody(server, work, stage, reply):
    server.replies[stage] = reply
    write()
    work()

    assert the_mail().state == State.FAILED
    assert not Returned.objects.exists()


@pytest.mark.parametrize("stage", ["greeting", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_mail_was_said_is_tried_again(server, work, stage):
    server.replies[stage] = HANG_UP
    write()
    work()
    assert the_mail().state == State.QUEUED

    server.replies[stage] = {"DATA": "354 go on"}.get(stage, "250 fine")
    if stage == "greeting":
        server.replies[stage] = "220 here"
    work()
    assert the_mail().state == State.SENT
    assert len(server.taken) == 1


def test_a_line_that_breaks_after_the_last_word_is_not_tried_again(server, work):
    server.replies["mail"] = HANG_UP
    write()
    work()
    work()

    assert the_mail().state == State.FAILED
    assert "may have left" in the_mail().error
    assert server.talks == 1


def test_a_server_that_says_no_goodbye_took_the_mail_all_the_same(server, work):
    server.replies["QUIT"] = HANG_UP
    write()
    work()

    assert the_mail().state == State.SENT
    assert len(server.taken) == 1


def test_a_server_that_is_not_there_is_asked_again(server, work, settings):
    settings.EMAIL_PORT = 1
    write()
    work()

    assert the_mail().state == State.QUEUED
    assert the_mail().error == "ConnectionRefusedError"


def test_logs_name_no_address_no_code_and_no_link(server, work, caplog):
    caplog.set_level(logging.DEBUG)
    server.replies["RCPT"] = [f"451 try later <{ADA}>", f"550 5.1.1 <{ADA}> unknown"]
    write()
    work()
    work()
    write()
    work()

    ours = [record.getMessage() for record in caplog.records]
    assert any("bounced" in line for line in ours)
    for secret in (ADA, "ada@", "482913", "/x/abc"):
        assert not any(secret in line for line in ours)
    assert ADA not in " ".join(mail.error for mail in Mail.objects.all())


# --- once --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_hand_over_one_mail(server, no_jobs_left):
    write()
    pk = the_mail().pk
    together = threading.Barrier(4)

    def work():
        together.wait()
        handing_over.hand_over(pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(server.taken) == 1
    assert (the_mail().state, the_mail().tries) == (State.SENT, 1)


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_marked_as_leaving_before_anything_is_said(server, no_jobs_left):
    seen = []
    write()

    def look():
        seen.append(the_mail().state)
        connection.close()

    server.on_mail = look
    handing_over.hand_over(the_mail().pk)

    assert seen == [State.LEAVING]


@pytest.mark.django_db(transaction=True)
def test_a_worker_hands_over_what_is_queued(server, no_jobs_left):
    write()

    with app.replace_connector(app.connector.get_worker_connector()):
        asyncio.run(run_once())

    assert len(server.taken) == 1
    assert the_mail().state == State.SENT


async def run_once():
    async with app.open_async():
        await app.run_worker_async(
            queues=["mail"], wait=False, install_signal_handlers=False, listen_notify=False
        )


def test_a_mail_whose_worker_was_killed_is_given_up_not_sent_twice(server):
    write()
    now = timezone.now()
    Mail.objects.update(state=State.LEAVING, taken_at=now - dt.timedelta(minutes=16))

    handing_over.sweep()

    assert the_mail().state == State.FAILED
    assert the_mail().body == ""
    assert server.talks == 0


def test_a_mail_whose_job_was_lost_leaves_with_the_next_sweep(server):
    write()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert handing_over.sweep() == 0

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        assert handing_over.sweep() == 1

    assert the_mail().state == State.SENT


def test_readiness_tells_of_mail_that_nobody_picks_up(server, client):
    write()
    assert client.get("/readyz").json()["mail"] is True

    Mail.objects.update(next_try_at=timezone.now() - dt.timedelta(minutes=6))
    answer = client.get("/readyz")

    assert answer.json()["mail"] is False
    assert answer.status_code == 503


# --- what the table does not take --------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"kind": "news"}, "post_mail_kind_known"),
        ({"state": "lost"}, "post_mail_state_known"),
        ({"to": ""}, "post_mail_to_somebody"),
        ({"state": "sent", "body": "482913"}, "post_mail_over_says_nothing"),
        ({"state": "bounced", "subject": "482913"}, "post_mail_over_says_nothing"),
        ({"state": "sent"}, "post_mail_sent_when"),
        ({"state": "leaving"}, "post_mail_leaving_since"),
    ],
)
def test_the_table_refuses(db, facts, name):
    with pytest.raises(IntegrityError, match=name):
        Mail.objects.create(**{"to": ADA, **facts})


def test_tests_without_the_queue_read_djangos_own_outbox(db):
    write()

    assert [sent.to for sent in django_mail.outbox] == [[ADA]]
    assert not queueing.mail_leaves()
