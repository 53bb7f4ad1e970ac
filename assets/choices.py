"""The words that an asset's columns may hold."""

from django.db import models


class AbcdType(models.TextChoices):
    """The six kinds of local resource of asset-based community development."""

    GIFT = "gift", "A person's gift"
    ASSOCIATION = "association", "A group"
    INSTITUTION = "institution", "An institution"
    PLACE = "place", "A place"
    EXCHANGE = "exchange", "Exchange: shops and firms"
    STORY = "story", "A story"


class Visibility(models.TextChoices):
    """Who may see an asset."""

    DRAFT = "draft", "Waiting for a champion"
    PUBLISHED = "published", "Public"
    HIDDEN = "hidden", "Hidden"


class OpenState(models.TextChoices):
    """Whether the place itself still exists."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed for good"


class CheckState(models.TextChoices):
    """How far the asset's checks can be trusted; moved by a nightly job."""

    FRESH = "fresh", "Checked"
    DUE = "due", "To check"
    STALE = "stale", "Stale"


class Wheelchair(models.TextChoices):
    """Whether somebody in a wheelchair gets in; OpenStreetMap's values."""

    YES = "yes", "Yes"
    LIMITED = "limited", "Partly"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not said"


class AssetSource(models.TextChoices):
    """Where the record came from."""

    LOCAL = "local", "Added here"
    OSM = "osm", "OpenStreetMap"
    ORUK = "oruk", "Open Referral UK feed"
    CSV = "csv", "A table"
    GEOJSON = "geojson", "A map file"
    DEMO = "demo", "Made up for the demo"


class YesNo(models.TextChoices):
    """A plain fact that somebody has said, or nobody yet."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not said"


class CostKind(models.TextChoices):
    """What it costs to come, beside the words on it."""

    FREE = "free", "Free"
    DONATION = "donation", "By donation"
    PAID = "paid", "Costs money"
    UNKNOWN = "unknown", "Not said"


class Fact(models.TextChoices):
    """What about an asset can be checked on its own."""

    PLACE = "place", "Place"
    PHONE = "phone", "Phone"
    HOURS = "hours", "Opening hours"
    ACCESS = "access", "Way in"
    COST = "cost", "Cost"
    CONTACT = "contact", "Contact"


class CheckMethod(models.TextChoices):
    """How somebody checked."""

    VISIT = "visit", "on a visit"
    CALL = "call", "by phone"
    MAIL = "mail", "by mail"
    WEB = "web", "on their website"
