"""Asking places by mail whether what the map says of them is right: a part each night.

Three mails three weeks apart, then the question goes to whoever looks after the area. To
one address goes one mail in a week at most, about all its places that are due; and in one
night no more mails than the operator set.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from assets.checking.standing import due_facts
from assets.models import Asset
from assets.standing import standing
from fans.people.models import hash_of
from fans.people.partners.models import Answer, Link, Purpose, Question
from fans.people.partners.models.question import MOST_MAILS
from fans.people.partners.shown import Shown, digests, facts_shown
from fans.people.partners.tokens import link_to, new_token
from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import Approval, Kind
from fans.people.post.services import send

REMIND_AFTER: Final = dt.timedelta(weeks=3)
A_WEEK: Final = dt.timedelta(weeks=1)
ASK_AGAIN_AFTER: Final = dt.timedelta(days=183)
"""How long a place is left alone once a question is over, whatever came of it."""
A_NIGHT: Final = dt.timedelta(hours=20)
MOST_IN_A_MAIL: Final = 10
"""More places of one address wait for the next week."""
_TURN: Final = 0x46614E51
"""One mail at a time: a number of our own for PostgreSQL's advisory locks."""
_SUBJECTS: Final = (
    "Is this still right?",
    "A reminder: is this still right?",
    "Last time we ask",
)


@dataclass(frozen=True)
class Night:
    """What one run did: mails, places asked about, questions that ended."""

    mails: int = 0
    places: int = 0
    unanswered: int = 0
    settled: int = 0


@dataclass(frozen=True)
class Entry:
    """One place in a mail: what we say of it, and the three links."""

    asset: Asset
    shown: list[Shown]
    right: str
    edit: str
    gone: str


def ask_tonight() -> Night:
    """End what is over, then mail as many addresses as one night may."""
    night = _end_what_is_over()
    room = settings.PARTNER_MAILS_A_NIGHT - _mailed_lately()
    for assets in _by_address():
        if night.mails >= room:
            break
        if count := _ask(assets):
            night = replace(night, mails=night.mails + 1, places=night.places + count)
    return night


def may_be_asked(asset: Asset) -> bool:
    """Say whether a question may go to the address of a place: public, approved, wanted.

    A champion's word is needed here even where the address has an account: it is what the
    place is known by, and not what somebody gave us of themselves.
    """
    return (
        bool(asset.email)
        and Asset.objects.published().filter(pk=asset.pk).exists()
        and receivers.approval_of(asset, asset.email) is not None
        and not receivers.why_not(Kind.PARTNER, asset.email, asset)
    )


def _mailed_lately() -> int:
    since = timezone.now() - A_NIGHT
    lately = Question.objects.filter(mailed_at__gt=since)
    return lately.order_by().values("address_hash").distinct().count()


def _end_what_is_over() -> Night:
    night = Night()
    ids = list(Question.objects.waiting().values_list("pk", flat=True))
    for pk in ids:
        with transaction.atomic():
            waiting = Question.objects.waiting().select_for_update(of=("self",))
            question = waiting.filter(pk=pk).select_related("asset").first()
            answer = _over(question) if question else None
            if question is None or answer is None:
                continue
            question.answer, question.ended_at = answer, timezone.now()
            question.save(update_fields=["answer", "ended_at"])
        if answer == Answer.UNANSWERED:
            night = replace(night, unanswered=night.unanswered + 1)
        else:
            night = replace(night, settled=night.settled + 1)
    return night


def _over(question: Question) -> Answer | None:
    """Return how a question ends tonight; None where it goes on."""
    asset = question.asset
    address_stands = hash_of_address(asset.email) == question.address_hash
    if not address_stands or not due_facts(asset, timezone.localdate()):
        return Answer.SETTLED
    if not Asset.objects.published().filter(pk=asset.pk).exists():
        return Answer.SETTLED
    if receivers.approval_of(asset, asset.email) is None:
        return Answer.SETTLED
    if not may_be_asked(asset):  # they want no mail, or it comes back: somebody has to go
        return Answer.UNANSWERED
    is_last = question.mails >= MOST_MAILS
    if is_last and question.mailed_at <= timezone.now() - REMIND_AFTER:
        return Answer.UNANSWERED
    return None


def _by_address() -> Iterator[list[Asset]]:
    """Yield the places whose turn it is, by address, those that wait longest first."""
    by_address: dict[str, list[Asset]] = defaultdict(list)
    remind = Question.objects.waiting().filter(
        mails__lt=MOST_MAILS, mailed_at__lte=timezone.now() - REMIND_AFTER
    )
    for question in remind.order_by("mailed_at").select_related("asset"):
        by_address[question.address_hash].append(question.asset)
    for address_hash, asset in _never_or_long_ago():
        by_address[address_hash].append(asset)
    yield from by_address.values()


def _never_or_long_ago() -> Iterator[tuple[str, Asset]]:
    lately = Question.objects.filter(ended_at__gt=timezone.now() - ASK_AGAIN_AFTER)
    approvals = (
        Approval.objects.filter(asset__in=Asset.objects.published())
        .exclude(asset__email="")
        .exclude(asset__in=lately.values("asset"))
        .exclude(asset__in=Question.objects.waiting().values("asset"))
        .select_related("asset")
        .order_by("asset__published_on", "asset")
    )
    today = timezone.localdate()
    for approval in approvals.iterator(chunk_size=500):
        asset = approval.asset
        is_its_address = hash_of_address(asset.email) == approval.address_hash
        if is_its_address and due_facts(asset, today):
            yield approval.address_hash, asset


@transaction.atomic
def _ask(assets: list[Asset]) -> int:
    """Mail one address about its places; return how many the mail is about, 0 for no mail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
    wanted = [found for asset in assets[:MOST_IN_A_MAIL] if (found := _ready(asset))]
    if not wanted:
        return 0
    address_hash = hash_of_address(wanted[0].email)
    since = timezone.now() - A_WEEK
    if Question.objects.filter(address_hash=address_hash, mailed_at__gt=since).exists():
        return 0
    asked = [_asked(asset, address_hash) for asset in wanted]
    entries = [_entry(question, asset) for question, asset in zip(asked, wanted, strict=True)]
    turn = max(question.mails for question in asked)
    names = wanted[0].name if len(wanted) == 1 else f"{wanted[0].name} and others"
    send(
        kind=Kind.PARTNER,
        to=wanted[0].email,
        subject=f"{_SUBJECTS[turn - 1]} {names}",
        template="partners/mail/question.txt",
        context={
            "entries": entries,
            "turn": turn,
            "good_until": timezone.localdate(asked[0].links.latest("pk").expires_at),
        },
        asset=wanted[0],
        also=wanted[1:],
    )
    return len(entries)


def _ready(asset: Asset) -> Asset | None:
    """Return the place as it stands now, held against changes; None where nothing is asked."""
    found = Asset.objects.select_for_update().filter(pk=standing(asset).pk).first()
    if found is None or not may_be_asked(found) or not facts_shown(found):
        return None
    question = Question.objects.waiting().filter(asset=found).first()
    if question is None:
        return found
    is_due = question.mailed_at <= timezone.now() - REMIND_AFTER
    return found if is_due and question.mails < MOST_MAILS else None


def _asked(asset: Asset, address_hash: str) -> Question:
    """Return the question of a place, one mail further on, or a new one."""
    question = Question.objects.waiting().select_for_update().filter(asset=asset).first()
    if question is None:
        question = Question(asset=asset, address_hash=address_hash)
    else:
        question.mails += 1
        question.mailed_at = timezone.now()
    question.full_clean()
    question.save()
    return question


def _entry(question: Question, asset: Asset) -> Entry:
    shown = facts_shown(asset)
    kept = digests(shown)
    links = {
        purpose: link_to("partners:open", purpose.value, new_link(question, purpose, kept))
        for purpose in (Purpose.RIGHT, Purpose.EDIT, Purpose.GONE)
    }
    return Entry(
        asset,
        shown,
        right=links[Purpose.RIGHT],
        edit=links[Purpose.EDIT],
        gone=links[Purpose.GONE],
    )


def new_link(question: Question, purpose: Purpose, shown: dict[str, str]) -> str:
    """Make a link for one purpose; return its token, of which only the hash is kept."""
    token = new_token()
    link = Link(question=question, purpose=purpose, token_hash=hash_of(token), shown=shown)
    link.full_clean()
    link.save()
    return token
