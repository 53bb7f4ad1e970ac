"""The book that a merge keeps: each step as it is done, and each undone again.

A step is ``set`` (rows of one model, what stood in their columns, what stands there now)
or ``gone`` (a row that was taken out, whole, and the row that stands for it). ``had``
says what hung on rows that went over as they were, so that what came later can be told.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from assets.twins import texts
from assets.twins.texts import Row

Step = dict[str, Any]


@dataclass
class Ledger:
    """What one merge changes, written down while it is done."""

    steps: list[Step] = field(default_factory=list)
    # model label > key > "app.model.column" of a relation > keys of what hung on it
    had: dict[str, dict[str, dict[str, list[str]]]] = field(default_factory=dict)

    def change(self, rows: Iterable[Model], **values: Any) -> None:
        """Write the same values into rows of one model, by column names of Django."""
        rows = list(rows)
        if not rows or not values:
            return
        model = type(rows[0])
        pks = [row.pk for row in rows]
        columns = [str(model._meta.get_field(name).column) for name in values]  # type: ignore[union-attr]
        before = texts.read(model, pks, columns)
        model._base_manager.filter(pk__in=pks).update(**values)
        after = texts.read(model, pks, columns)
        self._note(model, before, after)

    def _note(self, model: type[Model], before: dict[str, Row], after: dict[str, Row]) -> None:
        """Note which columns are others now; rows that changed alike in one step."""
        alike: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for pk, was in before.items():
            told = tuple(
                (name, text, after[pk][name])
                for name, text in was.items()
                if after[pk][name] != text
            )
            if told:
                alike[told].append(pk)
        for told, pks in alike.items():
            was = {name: old for name, old, _ in told}
            now = {name: new for name, _, new in told}
            label = model._meta.label_lower
            self.steps.append({"do": "set", "model": label, "pks": pks, "was": was, "now": now})

    def remove(self, row: Model, *, into: Model) -> None:
        """Take out a row that ``into`` now stands for; nothing may hang on it any more."""
        model = type(row)
        [(pk, whole)] = texts.read(model, [row.pk]).items()
        texts.delete(model, row.pk)
        self.steps.append(
            {
                "do": "gone",
                "model": model._meta.label_lower,
                "pk": pk,
                "row": whole,
                "into": str(into.pk),
            }
        )

    def note_hanging(self, row: Model, relation: str, pks: Iterable[Any]) -> None:
        """Note what hangs on a row that goes over as it is."""
        of_model = self.had.setdefault(type(row)._meta.label_lower, {})
        of_model.setdefault(str(row.pk), {})[relation] = [str(pk) for pk in pks]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {"steps": self.steps, "had": self.had}
