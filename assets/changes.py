"""What an import changed of an asset, in words for its report."""

from typing import Final

from assets.mailboxes import is_personal_mailbox
from assets.models import Asset

_LABELS: Final = {
    "category": "kind",
    "location": "place",
    "location_precision": "how precise",
    "state": "open or closed",
    "source_attribution": "attribution",
    "source_licence": "licence",
    "access_notes": "way in",
}
# Told by others, or of no use to somebody who reads what changed.
_UNTOLD: Final = frozenset({"source_values", "location_source", "abcd_type"})


def in_words(asset: Asset, column: str) -> str:
    """Return a column's value as reports tell it."""
    value = getattr(asset, column)
    if column == "email" and is_personal_mailbox(value, name=asset.name):
        return "somebody’s own address"  # reports are kept for good
    if column == "location":
        return f"{value.x:.5f}, {value.y:.5f}" if value else ""
    shown = getattr(asset, f"get_{column}_display", None)
    return "" if value is None else str(shown() if shown and value else value)


def changes_of(
    asset: Asset, before: dict[str, str], columns: set[str]
) -> dict[str, tuple[str, str]]:
    """Return what changed: (before, now) by the column's label."""
    found = {}
    for column in sorted(columns - _UNTOLD):
        label = _LABELS.get(column, column.replace("_", " "))
        if column == "outline":
            found[label] = ("as it was", "as the file draws it now")
        else:
            found[label] = (before[column], in_words(asset, column))
    return found
