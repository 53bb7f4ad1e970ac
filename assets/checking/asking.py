"""Questions that an import leaves to people: asked once, moot once its source comes round."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.utils import timezone

from assets.checking.models import Answer, QuestionKind, SourceQuestion
from assets.choices import AssetSource, OpenState, Visibility
from assets.models import Asset

_LONGEST_CHAIN: Final = 20


def ask(held: Mapping[int, Mapping[str, Any]], *, source: AssetSource, dataset: str) -> int:
    """Ask about what a source says of assets, by id: column to value; say how many are new.

    What is asked already is asked with what the source says now. Of a record that was
    merged, the one that stands for it is asked about.
    """
    wanted: dict[tuple[int, str], dict[str, Any]] = {}
    standing = standing_for(held)
    for asset_id, said in held.items():
        rest = {column: value for column, value in said.items() if value != _CLOSED.get(column)}
        if rest:
            wanted[standing[asset_id], QuestionKind.CHANGED] = rest
        if len(rest) < len(said):
            wanted[standing[asset_id], QuestionKind.CLOSED] = {}
    return _ask(wanted, source=source, dataset=dataset)


def ask_whether_gone(asset_ids: Iterable[int], *, source: AssetSource, dataset: str) -> int:
    """Ask about assets that a source no longer lists; say how many questions are new.

    Of what is closed or hidden anyway nothing is asked.
    """
    standing = set(standing_for(set(asset_ids)).values())
    seen = Asset.objects.filter(pk__in=standing, state=OpenState.OPEN)
    seen = seen.exclude(visibility=Visibility.HIDDEN)
    wanted: dict[tuple[int, str], dict[str, Any]] = {
        (asset_id, QuestionKind.GONE): {} for asset_id in seen.values_list("pk", flat=True)
    }
    return _ask(wanted, source=source, dataset=dataset)


def ask_by_person(asset: Asset, *, by: Any) -> None:
    """Ask, for somebody who was there and may not close it, whether an asset is gone."""
    if SourceQuestion.objects.filter(asset=asset, kind=QuestionKind.GONE, answer="").exists():
        return
    question = SourceQuestion(
        asset=asset,
        kind=QuestionKind.GONE,
        source=AssetSource.LOCAL,
        asked_at=timezone.now(),
        asked_by=by,
    )
    question.full_clean()
    question.save()


def withdraw(asset_ids: Collection[int], kind: QuestionKind, *, source: AssetSource) -> None:
    """Settle questions of a source that has come round: it lists, or opens, them again."""
    if not asset_ids:
        return
    standing = set(standing_for(asset_ids).values())
    waiting = SourceQuestion.objects.filter(
        asset__in=standing, kind=kind, source=source, answer=""
    )
    waiting.update(answer=Answer.MOOT, answered_at=timezone.now())


def standing_for(asset_ids: Collection[int]) -> dict[int, int]:
    """Return the record that stands for each: itself, or what it was merged into."""
    found = {asset_id: asset_id for asset_id in asset_ids}
    for _ in range(_LONGEST_CHAIN if found else 0):
        merged = Asset.objects.filter(pk__in=set(found.values()), merged_into__isnull=False)
        onward = dict(merged.values_list("pk", "merged_into_id"))
        if not onward:
            break
        found = {first: onward.get(last, last) for first, last in found.items()}
    return found


_CLOSED: Final = {"state": "closed"}


def _ask(
    wanted: Mapping[tuple[int, str], dict[str, Any]], *, source: AssetSource, dataset: str
) -> int:
    if not wanted:
        return 0
    waiting = SourceQuestion.objects.select_for_update().filter(
        answer="", asset__in={asset_id for asset_id, _ in wanted}
    )
    open_ones = {(row.asset_id, row.kind): row for row in waiting}
    now, new = timezone.now(), []
    for (asset_id, kind), said in wanted.items():
        question = open_ones.get((asset_id, kind))
        if question is None:
            new.append(
                SourceQuestion(
                    asset_id=asset_id,
                    kind=kind,
                    source=source,
                    dataset=dataset,
                    said=said,
                    asked_at=now,
                )
            )
        elif said and question.said | said != question.said:
            question.said |= said
            question.save(update_fields=["said"])
    SourceQuestion.objects.bulk_create(new, batch_size=500)
    return len(new)
