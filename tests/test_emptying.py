"""A test that commits leaves nothing to the next."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection

from homes.models import Home
from tests import emptying, factories
from tests.emptying import STAY, empty

pytestmark = pytest.mark.django_db(transaction=True)


def _with_rows() -> set[str]:
    managed = (model for model in apps.get_models() if model._meta.managed)
    return {model._meta.db_table for model in managed if model.objects.exists()}


def test_every_row_goes_that_a_test_wrote_guarded_or_referred_to():
    factories.ConnectionFactory()
    kinds = ContentType.objects.count()
    assert {"homes_home", "homes_homeevent", "connections_connection"} <= _with_rows()

    empty(connection)

    assert _with_rows() <= STAY
    assert ContentType.objects.count() == kinds > 0


def test_what_comes_next_is_guarded_again():
    empty(connection)
    factories.HomeFactory()

    with pytest.raises(DatabaseError):  # a record of changes only grows
        apps.get_model("homes.HomeEvent").objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)


def test_without_the_right_to_it_django_empties_the_tables_its_own_way(monkeypatch):
    def refuse(connection):
        raise DatabaseError("permission denied to set parameter")

    monkeypatch.setattr(emptying, "empty", refuse)
    factories.HomeFactory()

    emptying._empty_after(_Ended())

    assert not Home.objects.exists()


class _Ended:
    available_apps = None
    serialized_rollback = False

    def _databases_names(self, include_mirrors):
        return ["default"]
