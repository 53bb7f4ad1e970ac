"""Make two records of one again: every row as it was, and what came since left alone."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import SET_NULL, ForeignKey, Model
from django.utils import timezone

from assets.models import Asset
from assets.twins import parting, registry, texts
from assets.twins.errors import UndoRefusedError
from assets.twins.ledger import Step
from assets.twins.merging import hold_both, require_say, settle
from assets.twins.models import Merge
from assets.twins.texts import Row


@dataclass
class Left:
    """What undoing does not bring back, or does not take along."""

    columns: list[str] = field(default_factory=list)  # of the record that stays, changed since
    changed: Counter[str] = field(default_factory=Counter)  # rows by model, changed since
    gone: Counter[str] = field(default_factory=Counter)  # rows by model, taken out since
    new: Counter[str] = field(default_factory=Counter)  # rows by model, which stay

    def __bool__(self) -> bool:
        return bool(self.columns or self.changed or self.gone or self.new)


@transaction.atomic
def undo(*, by: Any, merge: Merge) -> Merge:
    """Give back both records, with every row, tie, check and address as it was.

    What was added since stays with the record that stood for both. What somebody has
    changed since stays as it is now: see ``left_by`` before the button.

    Raises:
        PermissionDenied: ``by`` may not publish both.
        UndoRefusedError: it is undone already, or a later merge has to be undone first.
    """
    require_say(by, merge.keep, merge.lose, "make two records of this one")
    keep, lose = hold_both(merge.keep_id, merge.lose_id)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    _require_undoable(merge)
    for step in reversed(merge.record["steps"]):
        try:
            with transaction.atomic():
                _give_back(step)
        except IntegrityError as error:
            raise UndoRefusedError(
                "Something has been added since that cannot stand beside what would come back."
            ) from error
    parting.part(merge.record)
    settle([keep.pk, lose.pk])
    for label, beside in registry.all_beside().items():
        if label in merge.record["beside"]:
            beside.give_back(keep.pk, lose.pk, merge.record["beside"][label])
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    return merge


def in_the_way(merge: Merge) -> list[Merge]:
    """Return the merges that have to be undone first, the latest first.

    Those that put the record that stays into another, and those after which rows are
    one that this merge had moved, written over or taken out.
    """
    later = Merge.objects.standing().filter(pk__gt=merge.pk).select_related("keep", "lose")
    ours = _touched(merge)
    return [
        each
        for each in later.order_by("-pk")
        if each.lose_id == merge.keep_id
        or (each.keep_id == merge.keep_id and ours & _touched(each))
    ]


def left_by(merge: Merge) -> Left:
    """Say what undoing would not bring back, or would leave where it is. Changes nothing."""
    left = Left()
    for step in merge.record["steps"]:
        if step["do"] == "set":
            _look_at(left, merge, step)
    left.new.update(parting.newcomers(merge.record))
    return left


def _require_undoable(merge: Merge) -> None:
    if merge.undone_at is not None:
        raise UndoRefusedError("This was undone already.")
    if later := in_the_way(merge):
        names = "; ".join(str(each) for each in later)
        raise UndoRefusedError(f"Undo first what was merged after it: {names}.")


def _touched(merge: Merge) -> set[tuple[str, ...]]:
    """Name each row that a merge changed; of the record that stays, each column."""
    asset, keep = Asset._meta.label_lower, str(merge.keep_id)
    found: set[tuple[str, ...]] = set()
    for step in merge.record["steps"]:
        if step["do"] == "gone":
            found |= {(step["model"], step["pk"]), (step["model"], step["into"])}
            continue
        for pk in step["pks"]:
            if (step["model"], pk) == (asset, keep):
                found |= {(asset, pk, column) for column in step["was"]}
            else:
                found.add((step["model"], pk))
    for label, rows in merge.record["had"].items():
        found |= {(label, pk) for pk in rows}
    for label, beside in registry.all_beside().items():
        kept = merge.record["beside"].get(label)
        found |= {(label, key) for key in (beside.touched(kept) if kept else ())}
    return found


def _give_back(step: Step) -> None:
    model: Any = apps.get_model(step["model"])
    if step["do"] == "gone":
        _put_back(model, step)
        return
    was, now = step["was"], step["now"]
    keys = parting.keys_of(model, step["pks"])
    for pk, found in texts.read(model, keys, was).items():
        as_left = {name: was[name] for name, text in found.items() if text == now[name]}
        if as_left := _that_point_somewhere(model, as_left):
            texts.write(model, parting.keys_of(model, [pk]), as_left)


def _put_back(model: type[Model], step: Step) -> None:
    row: Row = dict(step["row"])
    if texts.read(model, parting.keys_of(model, [step["pk"]]), [str(model._meta.pk.column)]):
        return
    whole = _that_point_somewhere(model, row)
    for name in row.keys() - whole.keys():
        key = _key_named(model, name)
        if key is None or key.remote_field.on_delete is not SET_NULL:
            return  # what it hung on is gone for good, and so is the row
        whole[name] = None
    texts.insert(model, whole)


def _that_point_somewhere(model: type[Model], values: Row) -> Row:
    """Leave out keys to rows that are held no more."""
    return {name: text for name, text in values.items() if _is_held(model, name, text)}


def _is_held(model: type[Model], column: str, text: str | None) -> bool:
    key = _key_named(model, column)
    if key is None or text is None or not key.db_constraint:
        return True
    to = key.remote_field.model
    return bool(texts.read(to, parting.keys_of(to, [text]), [str(to._meta.pk.column)]))


def _key_named(model: type[Model], column: str) -> Any:
    for each in model._meta.concrete_fields:
        if each.column == column and isinstance(each, ForeignKey):
            return each
    return None


def _look_at(left: Left, merge: Merge, step: Step) -> None:
    model: Any = apps.get_model(step["model"])
    rows = texts.read(model, parting.keys_of(model, step["pks"]), step["now"])
    left.gone[step["model"]] += len(step["pks"]) - len(rows)
    for pk, found in rows.items():
        others = [name for name, text in found.items() if text != step["now"][name]]
        if model is Asset and pk == str(merge.keep_id):
            left.columns += others
        elif others:
            left.changed[step["model"]] += 1
