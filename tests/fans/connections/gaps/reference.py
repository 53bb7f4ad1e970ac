"""The matching rule once more, slowly and in plain Python, from the programme's own words.

Nothing of the gap finder is used here: places are gone through one by one, distances come
from geopy, themes from the file.

    match = 0.40*interest + 0.20*reach + 0.15*novelty + 0.15*capacity + 0.10*access
"""

import json
from pathlib import Path

from geopy.distance import geodesic

from assets.models import Asset

ROOT = Path(__file__).resolve().parents[4]
TAGS = {
    tag["slug"]: tag
    for tag in json.loads((ROOT / "fixtures/wishes/tags.json").read_text("utf-8"))["tags"]
}
NO_PLACE_TO_GO = {"transport_access", "individual_gift", "online"}
FAR_M = 10_000
OF_A_KIND = 50


def says(text, words):
    """Whether a text has a word that begins so; a word of three letters is meant whole."""
    text = text.lower()
    for word in words:
        at = text.find(word)
        while at >= 0:
            before = text[at - 1] if at else " "
            after = text[at + len(word)] if at + len(word) < len(text) else " "
            whole = len(word) > 3 or not (after.isalnum() or after == "_")
            if not (before.isalnum() or before == "_") and whole:
                return True
            at = text.find(word, at + 1)
    return False


def shares(asset, slug):
    tag = TAGS[slug]
    if asset.category in tag["categories"]:
        return True
    if says(asset.could_give, tag["words"]) or says(asset.would_love, tag["words"]):
        return True
    about = f"{asset.name} {asset.description} {asset.suits}"
    return bool(tag.get("tells_of")) and says(about, tag["words"])


def reach(metres, minibus):
    walk = metres * 1.3
    if walk <= 800:
        return 1
    area = 15 * 500 if minibus else 800
    if minibus and walk <= area:
        return 0.6
    return 0.6 * 2 ** (1 - walk / area)


def capacity(asset, today):
    since, until = asset.closed_from, asset.closed_until
    if (since or until) and (since or today) <= today <= (until or today):
        return 0
    if asset.could_give or asset.would_love:
        return 1
    return 0.6 if asset.opening_hours else 0.4


def access(asset):
    told = asset.wheelchair
    if told == "unknown" and asset.step_free != "unknown":
        told = "limited" if asset.step_free == "yes" else "no"
    return {"yes": 1, "limited": 0.5, "unknown": 0.4, "no": 0}[told]


def ranking(home, today):
    """Return [(asset id, match)] of all that may be suggested, best first."""
    wishes = [w.tags for w in home.wishes.all() if w.status == "open"]
    themes = {slug for tags in wishes for slug in tags}
    ties = list(home.partnerships.select_related("partner__asset"))
    over = {"ended", "declined"}
    tied = {t.partner.asset_id for t in ties}  # of the demo: none that was over comes back
    known = {
        t.partner.category
        for t in ties
        if t.status not in over | {"idea"} and t.partner.kind not in ("family", "professional")
    }
    refused = {d.asset_id for d in home.dismissals.all()}
    minibus = home.home_assets.filter(kind="minibus", withdrawn_on=None).exists()
    here = (home.location.y, home.location.x)
    places = {}
    for asset in Asset.objects.all():
        if (asset.visibility, asset.state) != ("published", "open") or not asset.location:
            continue
        if asset.category in NO_PLACE_TO_GO or asset.pk in tied | refused:
            continue
        metres = geodesic(here, (asset.location.y, asset.location.x)).m
        if metres <= FAR_M:
            places.setdefault(asset.category, []).append((metres, asset))
    found = []
    for of_a_kind in places.values():
        of_a_kind.sort(key=lambda pair: pair[0])
        for metres, asset in of_a_kind[:OF_A_KIND]:
            met = {slug for slug in themes if shares(asset, slug)}
            interest = min(len(met) / min(len(themes), 3), 1) if themes else 0
            match = (
                0.40 * interest
                + 0.20 * reach(metres, minibus)
                + 0.15 * (asset.category not in known)
                + 0.15 * capacity(asset, today)
                + 0.10 * access(asset)
            )
            named = sum(len(met & set(tags)) for tags in wishes)
            found.append((-round(match, 9), -named, round(metres, 3), asset.pk, match))
    return [(pk, match) for _, _, _, pk, match in sorted(found)]
