"""Why something about an asset is refused, in words for the person who asked."""


class AssetError(Exception):
    """The refusal's own sentence; ``field`` names what it is about, if one field."""

    field = ""


class PlaceNotWantedError(AssetError):
    """A gift of a person, or an online group, was given a place."""

    field = "category"


class SentBySomebodyElseError(AssetError):
    """The form's own id was used before, by another person."""


class ChangedMeanwhileError(AssetError):
    """Somebody saved the asset after this person had opened it."""


class NotCheckedYetError(AssetError):
    """A check is said to have been made on a day that has not come."""

    field = "checked_on"
