"""What a merge would move, and what an undo would leave, in words for the person asked."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.apps import apps

from assets import facts
from assets.models import Asset
from assets.twins import registry
from assets.twins.choosing import STATE, Choices, checks_that_part
from assets.twins.models import Merge
from assets.twins.moving import relations_to, rows_of
from assets.twins.undoing import Left, left_by

_CHECK, _CHECKS = "check", "checks"


def what_moves(keep: Asset, lose: Asset, choices: Choices) -> list[str]:
    """Say what would go over to the record that stays: "2 ties", "3 photos"."""
    counts: Counter[tuple[str, str]] = Counter()
    _count(counts, lose)
    come, _ = checks_that_part(keep, lose, choices)
    counts[(_CHECK, _CHECKS)] += len(come)
    return [_counted(number, *words) for words, number in sorted(counts.items()) if number]


def what_parts(keep: Asset, lose: Asset, choices: Choices) -> int:
    """Count the checks that stay behind, since what they confirmed is not kept."""
    come, leave = checks_that_part(keep, lose, choices)
    return len(leave) + lose.fact_checks.count() - len(come)


def what_undo_leaves(merge: Merge) -> list[str]:
    """Say, a sentence each, what an undo would not bring back, or would not take along."""
    left = left_by(merge)
    return [*_columns(left, merge.keep), *_rows(left, merge.keep)]


def _columns(left: Left, keep: Asset) -> list[str]:
    names = [name for name in (*facts.FIELDS, STATE) if name in left.columns]
    return [
        f"{_label(name)} of {keep.name} was changed since the merge, and stays as it is now."
        for name in names
    ]


def _rows(left: Left, keep: Asset) -> list[str]:
    said = (
        (left.changed, "changed since the merge: what was changed stays as it is now"),
        (left.gone, "taken out since: not brought back"),
        (left.new, f"added since the merge: stays with {keep.name}"),
    )
    return [
        f"{counted}, {words}."
        for counts, words in said
        for counted in _by_words(counts.items())
    ]


def _count(counts: "Counter[tuple[str, str]]", row: Any) -> None:
    """Count rows that hang on one, and those that hang on rows of its kind."""
    for relation in relations_to(type(row)):
        model = relation.related_model
        rule = registry.rule_of(model)
        if rule.stays or rule.by_hand is not None:
            continue
        words = _words_of(model)
        if words[0]:
            counts[words] += rows_of(relation, row.pk).count()
        if rule.combine is not None:
            for each in rows_of(relation, row.pk):
                _count(counts, each)


def _words_of(model: Any) -> tuple[str, str]:
    if registry.is_known(model):
        return registry.rule_of(model).words
    return str(model._meta.verbose_name), str(model._meta.verbose_name_plural)


def _by_words(counts: Iterable[tuple[str, int]]) -> list[str]:
    """Name rows by what people call them; what nobody has a word for is not told."""
    found = []
    for label, number in counts:
        one, many = _words_of(apps.get_model(label))
        if number and one:
            found.append(_counted(number, one, many))
    return found


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _label(name: str) -> str:
    return facts.FIELDS[name].label if name in facts.FIELDS else "Open or closed"
