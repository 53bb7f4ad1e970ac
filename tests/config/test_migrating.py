"""What a migration adds makes no class anew that it need not."""

import pgtrigger
import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import Migration, operations
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from config.migrating.light import lighten

NAMED = models.CheckConstraint(condition=~models.Q(name=""), name="a_house_has_a_name")
BY_NAME = models.Index(fields=["name"], name="a_house_by_name")
KEPT = pgtrigger.Protect(name="stays", operation=pgtrigger.Delete)

MAKE = operations.CreateModel(
    "House",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=20)),
        ("beside", models.ForeignKey("tmp.House", models.CASCADE, null=True)),
    ],
)
ADD = [
    operations.AddConstraint("House", NAMED),
    operations.AddIndex("House", BY_NAME),
    AddTrigger("house", KEPT),
]
REMOVE = [
    RemoveTrigger("house", "stays"),
    operations.RemoveIndex("House", "a_house_by_name"),
    operations.RemoveConstraint("House", "a_house_has_a_name"),
]


def _apply(state, *steps):
    migration = Migration("made_up", "tmp")
    migration.operations = list(steps)
    with connection.schema_editor() as editor:
        return migration.apply(state, editor)


def _names(meta):
    return [
        [each.name for each in getattr(meta, kind, [])] for kind in ("constraints", "indexes")
    ]


@pytest.fixture
def made(db):
    state = ProjectState()
    assert state.apps  # from here on there are classes, as in a run of migrate
    return _apply(state, MAKE)


def test_the_database_gets_them_and_the_class_stays(made):
    before = made.apps.get_model("tmp", "House")

    after = _apply(made, *ADD)
    house = after.apps.get_model("tmp", "House")

    assert house is before
    assert _names(house._meta) == [["a_house_has_a_name"], ["a_house_by_name"]]
    assert [trigger.name for trigger in house._meta.triggers] == ["stays"]
    with pytest.raises(IntegrityError, match="a_house_has_a_name"), transaction.atomic():
        house.objects.create(name="")
    row = house.objects.create(name="Larkfield")
    with pytest.raises(Exception, match="Cannot delete rows"), transaction.atomic():
        row.delete()


def test_they_go_again(made):
    after = _apply(made, *ADD, *REMOVE)
    house = after.apps.get_model("tmp", "House")

    assert _names(house._meta) == [[], []]
    assert house.objects.create(name="").delete()[0] == 1


def test_a_new_column_still_makes_the_class_anew(made):
    column = operations.AddField("House", "beds", models.IntegerField(default=1))

    house = _apply(made, *ADD, column).apps.get_model("tmp", "House")

    assert house.objects.create(name="Larkfield").beds == 1
    assert _names(house._meta)[0] == ["a_house_has_a_name"]


def test_what_is_written_of_a_model_is_what_django_writes(made):
    state = made.clone()

    for step in (*ADD, *REMOVE[:1]):
        step.state_forwards("tmp", state)

    options = state.models["tmp", "house"].options
    assert [each.name for each in options["constraints"]] == ["a_house_has_a_name"]
    assert [each.name for each in options["indexes"]] == ["a_house_by_name"]
    assert options["triggers"] == []


def test_asking_twice_changes_nothing_more():
    once = ProjectState._append_option

    lighten()

    assert ProjectState._append_option is once


GARDEN = operations.CreateModel(
    "Garden",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("house", models.ForeignKey("tmp.House", models.CASCADE)),
    ],
)


def test_a_new_model_leaves_the_classes_of_others_and_both_find_each_other(made):
    before = made.apps.get_model("tmp", "House")

    after = _apply(made, GARDEN)
    house, garden = (after.apps.get_model("tmp", name) for name in ("House", "Garden"))

    assert house is before
    row = garden.objects.create(house=house.objects.create(name="Larkfield"))
    assert house.objects.get(garden=row).garden_set.get() == row


def test_code_in_a_migration_finds_every_column_and_relation_there_is(made):
    seen = []

    def look(apps, editor):
        house, garden = (apps.get_model("tmp", name) for name in ("House", "Garden"))
        row = garden.objects.create(
            house=house.objects.create(beds=7), shed=house.objects.get()
        )
        seen.append(garden.objects.get(house__beds=7, house__of_shed=row).shed.beds)

    shed = models.ForeignKey("tmp.House", models.CASCADE, null=True, related_name="of_shed")
    _apply(
        made,
        GARDEN,
        operations.AddField("House", "beds", models.IntegerField(default=1)),
        operations.AddField("Garden", "shed", shed),
        operations.RunPython(look, operations.RunPython.noop),
    )

    assert seen == [7]


def test_a_column_of_a_model_that_others_inherit_from_is_theirs_too(made):
    hut = operations.CreateModel("Hut", [], bases=("tmp.House",))
    column = operations.AddField("House", "beds", models.IntegerField(default=1))

    after = _apply(made, hut, column)

    assert after.apps.get_model("tmp", "Hut")._meta.get_field("beds").default == 1
