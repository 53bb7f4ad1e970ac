"""Deletes rows for good: with what hangs on them, and without leaving them in history."""

from typing import Any

from django.db.models import Model, QuerySet

from fans.people.privacy.links import Ids, event_models, links_to


def delete_with_history(rows: QuerySet[Any]) -> None:
    """Delete rows, what goes with them, and what history holds of either."""
    ids = set(rows.values_list("pk", flat=True))
    touched = _with_what_hangs_on(rows.model, ids)
    rows.model._base_manager.filter(pk__in=ids).delete()
    forget_history(touched)


def forget_history(touched: Ids) -> None:
    """Delete what history holds of these rows, by model."""
    for model, ids in touched.items():
        for event in event_models(model):
            event._base_manager.filter(pgh_obj_id__in=ids).delete()


def _with_what_hangs_on(model: type[Model], ids: set[Any]) -> Ids:
    """Return the rows that go or are changed when these go, by model."""
    found: Ids = {model: set(ids)}
    waiting = [(model, set(ids))]
    while waiting:
        owner, keys = waiting.pop()
        for link in links_to(owner):
            if not (link.owned or link.deleted):
                continue
            new = set(link.rows(keys).values_list("pk", flat=True))
            new -= found.get(link.model, set())
            if new:
                found.setdefault(link.model, set()).update(new)
                if link.deleted:
                    waiting.append((link.model, new))
    return found
