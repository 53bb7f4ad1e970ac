"""What a poster and a thank-you card can say: our own words, to choose from."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Headline:
    """What a poster calls out, and the lines under it."""

    slug: str
    words: str
    below: str


HEADLINES: Final = (
    Headline(
        "meet",
        "Come and meet your neighbours",
        "People who live in a care home are still your neighbours. Come in for a cup of tea.",
    ),
    Headline(
        "skill",
        "What could you show us?",
        "Knots, bread, card tricks, your street as it was: an hour of yours is enough.",
    ),
    Headline(
        "music",
        "Do you play, or sing?",
        "Alone or with your friends, well or badly: we know the old songs and like new ones.",
    ),
    Headline(
        "garden",
        "Would you garden with us?",
        "Some of us grew vegetables all our lives. We have the know-how; bring your hands.",
    ),
    Headline(
        "read",
        "Read to us, or hear us tell",
        "Bring a book or a class. We have time to listen, and stories of our own.",
    ),
    Headline(
        "walk",
        "Would you walk with us?",
        "To the shop, the canal or once round the garden: in company it is nicer.",
    ),
    Headline(
        "dog",
        "Does your dog like laps?",
        "Ours do. Ask us first, then bring the one who wags.",
    ),
    Headline("event", "You are invited", "Our door is open. Bring somebody along."),
)

THANKS: Final = (
    "Thank you for your time. It brings the street into our house.",
    "Thank you for coming. The day was better for it, and we still talk about it.",
    "Thank you for having us. It did us good to be out among you.",
    "Thank you for what you gave. It is used, and it is enjoyed.",
)


def headline_of(slug: str) -> Headline:
    """Return a headline by its name; the first where there is none of that name."""
    return next((each for each in HEADLINES if each.slug == slug), HEADLINES[0])
