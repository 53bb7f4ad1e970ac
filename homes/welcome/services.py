"""Writes on welcome cards."""

from typing import Any

from django.db import transaction

from homes.models import Home
from homes.welcome.errors import ChangedMeanwhileError
from homes.welcome.models import WelcomeCard

SAID = ("come_by", "inside", "would_love", "getting_in", "is_public")


def version_of(card: WelcomeCard | None) -> str:
    """Name the state of a card that a form was filled in from."""
    return card.written_at.isoformat() if card is not None else ""


@transaction.atomic
def write_card(*, home: Home, by: Any, version: str, **said: Any) -> WelcomeCard:
    """Keep what a home tells its visitors; ``version`` is the state that was changed.

    Raises:
        ChangedMeanwhileError: somebody else has saved it since.
        ValidationError: too long, or too many lines.
    """
    Home.objects.select_for_update(no_key=True).only("pk").get(pk=home.pk)
    card = WelcomeCard.objects.filter(home=home).first()
    if version != version_of(card):
        raise ChangedMeanwhileError
    card = card or WelcomeCard(home=home)
    for name in SAID:
        setattr(card, name, said[name])
    card.would_love = "\n".join(_lines(card.would_love))
    card.written_by = by
    card.full_clean()
    card.save()
    return card


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()).lstrip("-•* ") for line in text.splitlines())
    return [line for line in lines if line]
