"""Runs over all rules: a look changes nothing, one at a time, each rule whole or not at all."""

import datetime as dt
import re
from pathlib import Path

import psycopg
import pytest
import time_machine
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from fans.people.models import Invitation, Membership, Person
from fans.people.privacy import retention, retention_runs, tasks
from fans.people.privacy.errors import AlreadyRunningError
from fans.people.privacy.models import RetentionRun
from fans.people.privacy.retention import Found, Rule, rule_named, rules
from fans.people.privacy.retention_page import as_markdown
from fans.people.privacy.retention_runs import preview, run
from tests import factories

PAGE = "/retention/"
RUN = "/retention/run/"
LATER = dt.datetime(2032, 1, 1, 3, 50, tzinfo=dt.UTC)


class _FailingRule(Rule):
    def find(self) -> Found:
        return Found(0)

    def apply(self) -> int:
        factories.PersonFactory(name="Half Done")
        raise RuntimeError("the disk is full")


@pytest.fixture
def failing_rule():
    """A rule that stops in its middle."""
    words = {"label": "A rule that fails", "why": "A test.", "done": "Nothing."}
    retention.register(_FailingRule(slug="failing", setting="MAIL_DAYS", **words))
    yield
    del retention._rules["failing"]


@pytest.fixture
def worker(monkeypatch):
    """A worker in this very session: it would close the connection of the test."""
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


@pytest.fixture
def old(db):
    """An invitation that was taken up and a role that is over, both long ago."""
    role = factories.member("volunteer").memberships.get()
    Membership.objects.filter(pk=role.pk).update(until=dt.date(2026, 2, 1))
    Person.objects.filter(pk=role.person_id).update(last_login=LATER)  # so the account stays
    moment = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
    return factories.InvitationFactory(accepted_at=moment), role


def _everything():
    people = (Person.objects, Membership.objects, Invitation.objects)
    return [list(rows.order_by("pk").values()) for rows in people]


def test_a_look_beforehand_changes_nothing(old):
    before = _everything()

    with time_machine.travel(LATER):
        found = {each.rule.slug: each.found for each in preview()}
        row = run(dry=True)

    assert found["answered_invitations"] == Found(1, dt.date(2026, 2, 1), [str(old[0].pk)])
    assert found["ended_roles"].count == 1
    assert row.counts["answered_invitations"] == row.counts["ended_roles"] == 1
    assert row.is_dry
    assert _everything() == before


def test_a_run_lets_go_of_what_is_due_and_remembers_how_many(old, administrator):
    with time_machine.travel(LATER):
        row = run(by=administrator)
        again = run()

    assert row.counts["answered_invitations"] == row.counts["ended_roles"] == 1
    assert set(row.counts) == {rule.slug for rule in rules()}
    assert (row.by, row.is_dry, row.failed) == (administrator, False, [])
    assert row.ended_at >= row.started_at
    assert {slug for slug, count in again.counts.items() if count} <= {"changes"}
    assert not Invitation.objects.filter(pk=old[0].pk).exists()


def test_what_is_not_due_stays(old):
    with time_machine.travel(dt.datetime(2026, 3, 1, 3, 50, tzinfo=dt.UTC)):
        row = run()

    assert row.counts["answered_invitations"] == row.counts["ended_roles"] == 0
    assert Invitation.objects.filter(pk=old[0].pk).exists()


def test_the_operators_number_counts(old, settings):
    settings.RETENTION = {**site.RETENTION, "ANSWERED_INVITATIONS_MONTHS": 1}
    with time_machine.travel(dt.datetime(2026, 3, 1, 3, 50, tzinfo=dt.UTC)):
        assert rule_named("answered_invitations").find().count == 1
    with time_machine.travel(dt.datetime(2026, 2, 28, 3, 50, tzinfo=dt.UTC)):
        assert rule_named("answered_invitations").find().count == 0


def test_a_rule_that_fails_changes_nothing_and_the_others_go_on(old, failing_rule, caplog):
    with time_machine.travel(LATER):
        row = run()

    assert row.failed == ["failing"]
    assert "failing" not in row.counts
    assert not Person.objects.filter(name="Half Done").exists()
    assert not Invitation.objects.filter(pk=old[0].pk).exists()
    assert "the disk is full" in caplog.text


def test_more_rows_than_a_batch_all_go(db, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    moment = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
    giver = factories.member("administrator")
    for _ in range(5):
        factories.InvitationFactory(accepted_at=moment, invited_by=giver)

    with time_machine.travel(LATER):
        assert run().counts["answered_invitations"] == 5


def test_two_runs_at_once_are_one(db):
    params = connection.get_connection_params()
    for ours in ("context", "cursor_factory", "prepare_threshold", "server_side_binding"):
        params.pop(ours, None)
    with psycopg.connect(**{k: v for k, v in params.items() if v}, autocommit=True) as other:
        other.execute(retention_runs._KEY.format("pg_advisory_lock"))
        with pytest.raises(AlreadyRunningError):
            run()
        assert not RetentionRun.objects.exists()
        other.execute(retention_runs._KEY.format("pg_advisory_unlock"))

    assert run().ended_at is not None


def test_a_run_ends_after_it_began(db):
    now = timezone.now()

    with pytest.raises(IntegrityError, match="privacy_retentionrun_ordered"):
        RetentionRun.objects.create(started_at=now, ended_at=now - dt.timedelta(seconds=1))


# --- the command, the night's job ---------------------------------------------------------


def test_the_command_says_how_much_of_what(old, capsys):
    with time_machine.travel(LATER):
        call_command("run_retention", "--dry-run")
        counted = capsys.readouterr().out
        call_command("run_retention")
        done = capsys.readouterr().out

    assert re.search(r"^ +1 Roles that are over$", counted, re.MULTILINE)
    assert "in all would be let go of." in counted
    assert re.search(r"^ +1 Roles that are over$", done, re.MULTILINE)
    assert [row.is_dry for row in RetentionRun.objects.order_by("pk")] == [True, False]


def test_the_command_fails_where_a_rule_does(db, failing_rule):
    with pytest.raises(CommandError, match="changed nothing: failing"):
        call_command("run_retention")


def test_every_night_it_is_done(old, worker):
    with time_machine.travel(LATER):
        tasks.retention_tonight(0)

    assert RetentionRun.objects.get().by is None
    assert not Invitation.objects.filter(pk=old[0].pk).exists()


# --- the page -----------------------------------------------------------------------------


def test_an_administrator_sees_what_is_due_and_earlier_runs(client, administrator, old):
    client.force_login(administrator)
    with time_machine.travel(LATER):
        client.force_login(administrator)
        run(by=administrator)
        row = factories.member("volunteer").memberships.get()
        Membership.objects.filter(pk=row.pk).update(until=dt.date(2026, 2, 1))
        page = client.get(PAGE).content.decode()

    assert "1 February 2026" in page
    assert str(row.pk) in page
    assert "asked for by Ann" in page
    for rule in rules():
        assert rule.label.replace("’", "’") in page


def test_nobody_else_sees_or_runs_it(client, manager):
    client.force_login(manager)

    assert client.get(PAGE).status_code == client.post(RUN, {"sure": "yes"}).status_code == 403
    assert not ProcrastinateJob.objects.filter(task_name=tasks.RUN).exists()


def test_looking_at_the_page_runs_nothing(client, administrator, old):
    client.force_login(administrator)
    before = _everything()

    assert client.get(PAGE).status_code == 200
    assert client.get(RUN).status_code == 405
    assert _everything()[1:] == before[1:]
    assert not RetentionRun.objects.exists()


def test_it_is_run_by_a_worker_once_somebody_means_it(client, administrator, old, worker):
    client.force_login(administrator)
    waiting = ProcrastinateJob.objects.filter(task_name=tasks.RUN)

    client.post(RUN)
    assert not waiting.exists()
    client.post(RUN, {"sure": "yes"})
    again = client.post(RUN, {"sure": "yes"}, follow=True)

    assert waiting.get().args == {"by_id": administrator.pk}
    assert "asked for it already" in again.content.decode()
    with time_machine.travel(LATER):
        tasks.run_retention(by_id=administrator.pk)
    assert RetentionRun.objects.get().by == administrator


def test_the_way_there_stands_on_the_administrators_day(client, administrator):
    client.force_login(administrator)

    assert reverse("privacy:retention") in client.get("/today/", follow=True).content.decode()


# --- settings and docs --------------------------------------------------------------------


def test_every_setting_has_a_rule_and_every_rule_a_setting():
    assert {rule.setting for rule in rules()} == set(site.RETENTION)
    assert all(name.endswith(("_DAYS", "_MONTHS")) for name in site.RETENTION)
    assert all(number >= 1 for number in site.RETENTION.values())


def test_refuses_a_rule_without_a_setting():
    rule = _FailingRule(slug="x", label="X", why="X", setting="FOR_EVER_DAYS", done="X")

    with pytest.raises(ValueError, match="FOR_EVER_DAYS"):
        retention.register(rule)


def test_the_docs_tell_the_rules_and_settings_as_they_are():
    page = (Path(site.BASE_DIR) / "docs/retention.md").read_text(encoding="utf-8")

    assert page == as_markdown(), "run bin/manage write_retention_page"


def test_the_docs_tell_the_numbers_of_the_programme():
    """Source: the programme's own table of retention; each value is a setting."""
    agreed = {
        "ASSETS_UNCHECKED_MONTHS": 24,
        "LOG_NOTES_MONTHS": 72,
        "VOLUNTEERS_LEFT_MONTHS": 12,
        "VETTING_MONTHS": 6,
        "CHANGES_MONTHS": 24,
        "READS_MONTHS": 24,
    }

    assert {name: site.RETENTION[name] for name in agreed} == agreed


def test_writing_the_page_again_changes_nothing(tmp_path, capsys):
    file = tmp_path / "retention.md"

    call_command("write_retention_page", str(file))

    assert file.read_text(encoding="utf-8") == as_markdown()
