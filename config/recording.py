"""How changes are recorded: triggers that keep each row as it stood before (docs/audit.md).

An insert leaves a line that says when and by whom: what was put in still stands in the
table itself, or in the first line after it. An update and a deletion keep the row as it
was. What a change made of a row is therefore told by the next line, or by the row. So
the same words are never kept twice, and a row that nobody changed has no copy here.
"""

from typing import Any

import pgtrigger
from pghistory import DeleteEvent, InsertEvent, RowEvent, UpdateEvent
from pghistory.trigger import Event

_CONTEXT_ID = "NULLIF(current_setting('pghistory.context_id', true), '')::uuid"
_WRITE = """
INSERT INTO "{events}" ({columns}, pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id)
SELECT {values}, was."{key}", clock_timestamp(), '{label}', doing
  FROM {rows};
IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF;
RETURN NULL;
"""


class Recording(Event):
    """Writes the lines of one statement at once, however many rows it wrote."""

    level = pgtrigger.Statement
    event_model: Any = None
    declare = [("doing", f"uuid := {_CONTEXT_ID}")]

    def get_func(self, model: Any) -> str:
        """Return the body of the trigger's function."""
        key: str = model._meta.pk.column
        kept = [key] if self.operation == pgtrigger.Insert else _kept(self.event_model)
        sql = _WRITE.format(
            events=self.event_model._meta.db_table,
            key=key,
            columns=_listed(kept),
            values=_listed(kept, of="was."),
            label=self.label,
            rows=self._rows(model),
        )
        return " ".join(sql.split())

    def _rows(self, model: Any) -> str:
        if self.operation == pgtrigger.Insert:
            return "new_values was"
        if self.operation == pgtrigger.Delete:
            return "old_values was"
        key, told = model._meta.pk.column, _told(self.event_model)
        differ = f"({_listed(told, of='was.')}) IS DISTINCT FROM ({_listed(told, of='now.')})"
        return f'old_values was JOIN new_values now ON now."{key}" = was."{key}" WHERE {differ}'


def _kept(event_model: Any) -> list[str]:
    """Return the columns that a line keeps of the row."""
    names = {field.name for field in event_model.pgh_tracked_model._meta.fields}
    fields = (field for field in event_model._meta.fields if field.name in names)
    return sorted(field.column for field in fields)


def _told(event_model: Any) -> list[str]:
    """Return the columns of which a change is one: not those that note every saving."""
    tracked = event_model.pgh_tracked_model._meta
    own = {field.column for field in tracked.fields if getattr(field, "auto_now", False)}
    return [column for column in _kept(event_model) if column not in {*own, tracked.pk.column}]


def _listed(columns: list[str], of: str = "") -> str:
    return ", ".join(f'{of}"{column}"' for column in columns)


class _Recorded(RowEvent):
    """Adds our trigger in place of the library's."""

    def add_event_trigger(self, event_model: Any) -> None:
        """Register the trigger with the model that is tracked."""
        trigger = Recording(  # type: ignore[no-untyped-call]
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=type(self).operation,  # the library compares by identity
        )
        pgtrigger.register(trigger)(event_model.pgh_tracked_model)


class Inserted(_Recorded, InsertEvent):
    """Notes that a row was put in."""


class Updated(_Recorded, UpdateEvent):
    """Keeps a row as it was before a change."""

    row = "OLD"


class Deleted(_Recorded, DeleteEvent):
    """Keeps a row as it was before it went."""
