"""Whatever hangs on the record that leaves goes to the one that stays.

Rows of every room are found through the models' own relations, hidden ones too. A row
that cannot stand beside one of the record that stays goes into that one, with what
hangs on it in turn; see ``assets.twins.registry``.
"""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import CompositePrimaryKey, ManyToOneRel, Model, Q, UniqueConstraint
from pghistory.models import Event

from assets.twins import registry
from assets.twins.errors import CannotStandTogetherError
from assets.twins.ledger import Ledger
from assets.twins.registry import Rule


def move_all(ledger: Ledger, *, keep: Model, lose: Model) -> None:
    """Point at ``keep`` whatever points at ``lose``, and write down what that changed.

    Raises:
        CannotStandTogetherError: the database refuses rows of both side by side.
    """
    done: set[type[Model]] = set()
    for relation in relations_to(type(lose)):
        model: type[Model] = relation.related_model
        rule = registry.rule_of(model)
        try:
            with transaction.atomic():
                if rule.by_hand is not None:
                    if model not in done:
                        rule.by_hand(ledger, keep, lose)
                elif not rule.stays:
                    _move(ledger, relation, rule, keep=keep, lose=lose)
        except IntegrityError as error:
            raise CannotStandTogetherError(
                f"{model._meta.verbose_name_plural} of both cannot be put together."
            ) from error
        done.add(model)


def relations_to(model: type[Model]) -> Iterator[Any]:
    """Yield every key of a table of ours that points at a model, but those of history."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and not issubclass(relation.related_model, Event):
            yield relation


def rows_of(relation: Any, pk: Any) -> Any:
    """Return the rows that point at a record."""
    return relation.related_model._base_manager.filter(**{relation.field.name: pk})


def can_clash(relation: Any) -> bool:
    """Say whether a row that points elsewhere may meet one that it cannot stand beside."""
    return bool(_unique_with(relation)) or _is_in_key(relation)


def _move(ledger: Ledger, relation: Any, rule: Rule, *, keep: Model, lose: Model) -> None:
    """Move rows of one relation; they are held first, and what is being added to them."""
    free, clashing = [], []
    for row in list(rows_of(relation, lose.pk).order_by("pk").select_for_update(of=("self",))):
        twin = _twin_of(relation, row, keep)
        if twin is None:
            free.append(row)
        elif rule.combine is not None:
            clashing.append((row, twin))
    if rule.combine is not None:
        for row in free:
            note_hanging(ledger, row)
    ledger.change(free, **{relation.field.name: keep.pk})
    for row, twin in clashing:
        fold(ledger, rule, kept=twin, lost=row)


def fold(ledger: Ledger, rule: Rule, *, kept: Model, lost: Model) -> None:
    """Make one row of two: what hangs on either hangs on ``kept``, and ``lost`` goes."""
    move_all(ledger, keep=kept, lose=lost)
    assert rule.combine is not None  # noqa: S101 (or the row would have stayed)
    ledger.change([kept], **rule.combine(kept, lost))
    ledger.remove(lost, into=kept)


def note_hanging(ledger: Ledger, row: Model) -> None:
    """Note what hangs on a row that goes over whole, and on rows of its kind below it."""
    for relation in relations_to(type(row)):
        rule = registry.rule_of(relation.related_model)
        if rule.stays or rule.by_hand is not None:
            continue
        below = rows_of(relation, row.pk).order_by("pk")
        if rule.combine is not None:
            held = list(below.select_for_update(of=("self",)))
            for each in held:
                note_hanging(ledger, each)
            pks = [each.pk for each in held]
        else:
            pks = list(below.values_list("pk", flat=True))
        ledger.note_hanging(row, name_of(relation), pks)


def name_of(relation: Any) -> str:
    """Name a relation as the book does: app.model.field."""
    return f"{relation.related_model._meta.label_lower}.{relation.field.name}"


def _twin_of(relation: Any, row: Model, keep: Model) -> Model | None:
    """Return the row of ``keep`` that this one cannot stand beside."""
    model = type(row)
    name = relation.field.name
    for names, condition, nulls_alike in _unique_with(relation):
        if (
            condition is not None
            and not model._base_manager.filter(condition, pk=row.pk).exists()
        ):
            continue
        same: dict[str, Any] = {name: keep.pk}
        for other in set(names) - {name}:
            value = getattr(row, model._meta.get_field(other).attname)  # type: ignore[union-attr]
            same |= {f"{other}__isnull": True} if value is None else {other: value}
        if not nulls_alike and any(key.endswith("__isnull") for key in same):
            continue
        rows = model._base_manager.filter(condition or Q(), **same)
        found = rows.select_for_update(of=("self",)).first()
        if found is not None:
            return found
    return None


def _unique_with(relation: Any) -> list[tuple[tuple[str, ...], Q | None, bool]]:
    """Return the sets of columns, this key among them, that only one row may have."""
    model, name = relation.related_model, relation.field.name
    found: list[tuple[tuple[str, ...], Q | None, bool]] = []
    if relation.field.unique:
        found.append(((name,), None, False))
    found += [(tuple(names), None, False) for names in model._meta.unique_together]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            nulls_alike = constraint.nulls_distinct is False
            found.append((tuple(constraint.fields), constraint.condition, nulls_alike))
    return [each for each in found if name in each[0]]


def _is_in_key(relation: Any) -> bool:
    key = relation.related_model._meta.pk
    if not isinstance(key, CompositePrimaryKey):
        return bool(relation.field.primary_key)
    columns = {relation.field.name, relation.field.attname}
    return bool(columns & set(key.field_names))
