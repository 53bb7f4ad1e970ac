"""Who did it: noted beside each change, by ids and names of code alone."""

import datetime as dt
import os
import subprocess
import sys
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from psycopg import sql

from fans.people.audit.doing import WhoIsSignedIn, doing, doing_task
from fans.people.models import Invitation, Membership
from fans.research.models import Study
from homes.models import Home, HomeAsset
from tests import factories

pytestmark = pytest.mark.django_db


def _noted(model):
    lines = model.pgh_event_model.objects.order_by("pgh_id")
    return [line.pgh_context and line.pgh_context.metadata for line in lines]


def test_a_request_notes_the_person_and_the_route_and_nothing_more(client, manager):
    client.force_login(manager)
    held = factories.member("coordinator", home=manager.memberships.get().home).memberships
    client.post(reverse("people:end_role", args=[held.get().pk]))

    *_, noted = _noted(Membership)
    assert noted == {"person": manager.pk, "route": "people:end_role"}


def test_no_address_reaches_what_is_noted(client, manager):
    client.force_login(manager)
    until = timezone.localdate() + dt.timedelta(days=100)
    home = manager.memberships.get().home_id
    form = {"role": "coordinator", "email": "eve.adams@example.org", "scope": home}
    form["until"] = until.isoformat()
    client.post("/people/invite/", form)

    assert Invitation.objects.filter(email="eve.adams@example.org").exists()
    assert _noted(Invitation) == [{"person": manager.pk, "route": "people:invite"}]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pghistory_context WHERE metadata::text ~ 'eve'")
        assert cursor.fetchone() == (0,)


def test_all_changes_of_a_request_go_by_one_id_and_the_next_by_another(client, manager):
    client.force_login(manager)
    page = reverse("homes:offers", args=[manager.memberships.get().home_id])
    for kind in ("garden", "room"):
        client.post(page, {"do": "add", "kind": kind, "description": "", "is_public": "on"})

    lines = HomeAsset.pgh_event_model.objects.all()
    ids = list(lines.values_list("pgh_context_id", flat=True))
    assert len(ids) == len(set(ids)) == 2
    assert None not in ids


def test_who_signs_in_on_the_way_is_known_from_then_on():
    person = factories.PersonFactory()
    request = SimpleNamespace(user=SimpleNamespace(pk=None))
    with doing(person=WhoIsSignedIn(request), route="account_login"):
        factories.HomeFactory()
        request.user = person
        Home.objects.update(phone="0161 496 0000")
        request.user = SimpleNamespace(pk=None)
        Home.objects.update(phone="")

    assert _noted(Home) == [{"person": person.pk, "route": "account_login"}] * 3


def test_a_job_notes_its_name():
    context = SimpleNamespace(job=SimpleNamespace(task_name="openness.score_waves_due"))
    doing_task(factories.HomeFactory, context, worker=None)

    assert _noted(Home) == [{"task": "openness.score_waves_due"}]


def test_the_worker_runs_every_job_through_it():
    assert doing_task in app.worker_defaults["task_middleware"]


def test_a_statement_that_psycopg_composed_is_noted_too():
    factories.HomeFactory()
    statement = sql.SQL("UPDATE {} SET phone = %s").format(sql.Identifier("homes_home"))
    with doing(command="tidy"), connection.cursor() as cursor:
        cursor.execute(statement, ["0161 496 0000"])

    assert _noted(Home) == [None, {"command": "tidy"}]


def test_a_statement_with_a_percent_sign_is_run_as_it_stands():
    factories.HomeFactory()
    with doing(command="tidy"), connection.cursor() as cursor:
        cursor.execute("UPDATE homes_home SET phone = '5%' WHERE name LIKE 'Lark%'")
        cursor.execute("SELECT phone FROM homes_home WHERE phone LIKE '5\\%'")
        assert cursor.fetchall() == [("5%",)]

    assert _noted(Home) == [None, {"command": "tidy"}]


@pytest.mark.django_db(transaction=True)
def test_a_command_notes_its_name(cohort):
    database = connection.settings_dict
    who = f"{quote(database['USER'])}:{quote(database['PASSWORD'], safe='')}"
    url = f"postgres://{who}@/{database['NAME']}?host={database['HOST']}"
    command = ["manage.py", "make_study", "--name", "Doors", "--cohort", cohort.name]
    ran = subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "DATABASE_URL": url, "FANS_TESTING": "1"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert _noted(Study) == [{"command": "make_study"}]
