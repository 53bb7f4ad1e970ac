"""Which forms put what is typed into the address; walks over the pages ask each page."""

import re

FIELD = re.compile(r"<(?:input|textarea)\b[^>]*>")
NOT_TYPED = {"hidden", "submit", "checkbox", "radio", "date", "month", "number", "button"}
NAMES_NOBODY = {
    "homes:list q": "a home, a town or a postcode",
    "board:enrol q": "a home, a town or a postcode",
    "people:invite q": "what a role is for: a home, an area, a cohort, a place",
    "twins:merge q": "a place",
    "safeguarding:worried q": "a council or a postcode",
    "frontend:landing q": "a place, a kind of place or a postcode",
    "frontend:map q": "a place, a kind of place or a postcode",
    "frontend:map_list q": "a place, a kind of place or a postcode",
    "admin:homes_home_changelist q": "a home",
    "admin:assets_asset_changelist q": "a place",
    "admin:geo_area_changelist q": "an area",
    "admin:safeguarding_contact_changelist q": "a council",
    **dict.fromkeys(
        ("frontend:walk name", "frontend:walk description", "frontend:walk postcode"),
        "a place, and a script keeps it in the browser",
    ),
}
"""Fields that may be typed into on a form whose answer has an address of its own."""


def typed_into_addresses(page: str) -> set[str]:
    """Return the names of fields of text in the page's forms that do not post."""
    found = set()
    for opening, inside in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL):
        if re.search(r'method="(post|dialog)"', opening, re.IGNORECASE):
            continue
        for field in FIELD.findall(inside):
            kind = re.search(r'type="(\w+)"', field)
            name = re.search(r'name="([^"]+)"', field)
            if name and (kind[1] if kind else "text") not in NOT_TYPED:
                found.add(name[1])
    return found


def assert_no_name_is_typed(page: str, route: str) -> None:
    """Look whether a person's name could be typed into an address on this page."""
    assert {f"{route} {name}" for name in typed_into_addresses(page)} <= set(NAMES_NOBODY)
