"""Every model whose rows may clash where two records become one says what then happens."""

from django.db.models import ForeignKey

from assets.models import Asset
from assets.twins import registry
from assets.twins.moving import can_clash, relations_to


def hanging(model, seen=None):
    """Yield the relations to a model, and those to rows that go into one another with it."""
    seen = set() if seen is None else seen
    for relation in relations_to(model):
        below = relation.related_model
        yield relation
        if registry.rule_of(below).combine is not None and below not in seen:
            seen.add(below)
            yield from hanging(below, seen)


def test_every_row_that_can_clash_has_a_rule():
    found = {relation.related_model for relation in hanging(Asset) if can_clash(relation)}

    # Of rooms that are there in any case: the walk would not be empty by mistake.
    assert {"Partner", "Partnership", "Reach", "Pair"} <= {model.__name__ for model in found}
    assert [model._meta.label for model in found if not registry.is_known(model)] == []


def test_only_keys_of_one_column_hang_on_rows_that_can_be_taken_out():
    for relation in hanging(Asset):
        assert isinstance(relation.field, ForeignKey)
        assert relation.field.target_field.primary_key, relation
