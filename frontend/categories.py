"""What the six families of kinds are called in the map's legend."""

from typing import Final

from assets.categories import BY_SLUG

FAMILY_NAMES: Final = {
    "place": "Places and outdoors",
    "learn": "Learning and young people",
    "culture": "Faith, arts and stories",
    "trade": "Food, shops and firms",
    "people": "Groups and people",
    "serve": "Services and getting about",
}
FAMILY_SIGNS: Final = {
    "place": "garden_nature",
    "learn": "library_learning",
    "culture": "arts_culture",
    "trade": "food_drink",
    "people": "clubs_societies",
    "serve": "transport_access",
}
"""The kind whose symbol stands for its family in the legend."""

FAMILY_OF: Final = {slug: category.family for slug, category in BY_SLUG.items()}
