"""What stands beside a wave's figures: the home's words, its evidence, and what went on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from fans.openness.models import ContextEvent, Wave
from fans.openness.replies.models import EvidenceKind, EvidenceLink, Reply


@dataclass(frozen=True)
class EvidenceShown:
    """One thing behind a sign, in words; ``url`` leads to it where it lies on the web."""

    pk: int
    words: str
    url: str = ""
    tie: int | None = None


@dataclass(frozen=True)
class Said:
    """The home's words about a wave: beside the whole picture, and beside each sign."""

    whole: Reply | None
    by_sign: Mapping[str, Reply]
    evidence: Mapping[str, Sequence[EvidenceShown]]

    @property
    def signs(self) -> list[tuple[str, Reply | None, Sequence[EvidenceShown]]]:
        """Each sign that something stands beside: its code, words and evidence."""
        codes = sorted({*self.by_sign, *self.evidence})
        return [(c, self.by_sign.get(c), self.evidence.get(c, ())) for c in codes]


NOTHING_SAID: Final = Said(whole=None, by_sign={}, evidence={})


def said_of(wave: Wave, *, with_log: bool) -> Said:
    """Return what stands beside a wave. Two queries.

    ``with_log``: for somebody who may see the home's log; to others its rows, ties and
    wishes are told only by their kind.
    """
    replies = Reply.objects.standing().filter(wave=wave).select_related("indicator")
    by_sign = {r.indicator.code if r.indicator else "": r for r in replies}
    links = (
        EvidenceLink.objects.standing()
        .filter(wave=wave)
        .select_related(
            "indicator",
            "connection__partnership__partner__asset",
            "partnership__partner__asset",
            "wish",
            "home_asset",
        )
    )
    evidence: dict[str, list[EvidenceShown]] = defaultdict(list)
    for link in links:
        evidence[link.indicator.code].append(_shown(link, with_log=with_log))
    return Said(whole=by_sign.pop("", None), by_sign=by_sign, evidence=dict(evidence))


def events_during(waves: Sequence[Wave]) -> list[ContextEvent]:
    """Return what went on in a home from its first wave's start to its last one's end."""
    if not waves:
        return []
    first, last = min(w.opens_on for w in waves), max(w.closes_on for w in waves)
    home = waves[0].enrolment.home_id
    standing = Q(until_on__isnull=True, from_on__gte=first) | Q(until_on__gte=first)
    return list(ContextEvent.objects.filter(standing, home=home, from_on__lte=last))


def _shown(link: EvidenceLink, *, with_log: bool) -> EvidenceShown:
    if link.kind == EvidenceKind.URL:
        return EvidenceShown(link.pk, link.words or link.url, url=link.url)
    if link.kind == EvidenceKind.WORDS:
        return EvidenceShown(link.pk, link.words or "words that are kept no longer")
    if not with_log and link.kind != EvidenceKind.HOME_ASSET:
        return EvidenceShown(link.pk, link.get_kind_display())
    tie = link.connection.partnership_id if link.connection else link.partnership_id
    said = f": {link.words}" if link.words else ""
    return EvidenceShown(link.pk, f"{_named(link)}{said}", tie=tie if with_log else None)


def _named(link: EvidenceLink) -> str:
    """Name one of the home's own records."""
    if link.connection is not None:
        day = link.connection.counted_day
        taken_out = ", taken out of the log since" if link.connection.undone_at else ""
        return f"{day:%-d %B %Y}, {link.connection.partnership.partner}{taken_out}"
    if link.partnership is not None:
        return f"Our tie with {link.partnership.partner}"
    if link.wish is not None:
        return f"A wish: {link.wish.text}" if link.wish.text else "A wish"
    return f"We offer: {link.home_asset}"
