"""What stands on each sheet: gathered here, so that page and PDF cannot differ."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Sum
from django.shortcuts import resolve_url

from fans.connections.models import LogSource, Partnership
from fans.connections.prints.qr import qr_image
from fans.connections.prints.wordings import Headline
from fans.people.consent.reports import named_at
from fans.people.models import Membership
from homes.models import Home, HomeAsset
from homes.shown import is_small, shown_homes
from homes.welcome.models import WelcomeCard

MOST_OFFERS = 4
"""More offers than these do not fit on half a sheet."""

FULL_AT = 620
"""So many letters fit on half a sheet in the usual size."""


@dataclass(frozen=True)
class Contact:
    """Whom a visitor asks for: a role, the home's own number, names of those who agreed."""

    role: str
    phone: str
    named: list[Membership]

    def __bool__(self) -> bool:
        return bool(self.role or self.phone or self.named)


@dataclass(frozen=True)
class WelcomeSheet:
    """A welcome card."""

    home: Home
    card: WelcomeCard | None
    offers: list[HomeAsset]
    contact: Contact
    beds: int | None
    url: str
    qr: str

    @property
    def is_full(self) -> bool:
        """Say whether there is so much to tell that it needs a smaller letter."""
        card = self.card
        texts = [str(offer) for offer in self.offers]
        if card is not None:
            texts += [card.come_by, card.inside, card.would_love, card.getting_in]
        return sum(map(len, texts)) > FULL_AT


@dataclass(frozen=True)
class PosterSheet:
    """A poster for a window."""

    home: Home
    headline: Headline
    line: str
    love_lines: list[str]
    contact: Contact
    url: str
    qr: str


@dataclass(frozen=True)
class ThanksSheet:
    """A card that thanks a partner."""

    tie: Partnership
    words: str
    times: int  # how often they met; 0 and 1 are not worth telling


def address_of(home: Home) -> str:
    """Return the address of a home's page as a telephone opens it."""
    return f"{settings.SITE_URL}{resolve_url(home)}"


def contact_of(home: Home) -> Contact:
    """Return whom visitors of a home ask for."""
    role = re.sub("^The ", "the ", home.welcome_role)  # it stands inside a sentence
    return Contact(role, home.phone, named_at(home))


def welcome_sheet(home: Home) -> WelcomeSheet:
    """Gather a home's welcome card. Offers are those that everybody may see."""
    url = address_of(home)
    shown = Home.objects.with_beds().get(pk=home.pk)
    return WelcomeSheet(
        home=home,
        card=WelcomeCard.objects.filter(home=home).first(),
        offers=list(home.home_assets.public()[:MOST_OFFERS]),
        contact=contact_of(home),
        beds=shown.beds,  # type: ignore[attr-defined]
        url=url,
        qr=qr_image(url),
    )


def is_open_to_all(home: Home) -> bool:
    """Say whether anybody may read a home's card: published, and no small house's."""
    if not WelcomeCard.objects.public().filter(home=home).exists():
        return False
    shown = shown_homes().filter(pk=home.pk).first()
    return shown is not None and not is_small(shown)


def poster_sheet(home: Home, *, headline: Headline, line: str = "") -> PosterSheet:
    """Gather a poster."""
    url = address_of(home)
    card = WelcomeCard.objects.filter(home=home).first()
    return PosterSheet(
        home=home,
        headline=headline,
        line=line,
        love_lines=card.love_lines if card else [],
        contact=contact_of(home),
        url=url,
        qr=qr_image(url),
    )


def thanks_sheet(tie: Partnership, *, words: str) -> ThanksSheet:
    """Gather a thank-you card."""
    logged = tie.connections.standing().exclude(source=LogSource.RECALL)
    times = logged.aggregate(times=Sum("occurrences"))["times"] or 0
    return ThanksSheet(tie=tie, words=words, times=times)
