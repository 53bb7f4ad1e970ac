"""Why a photo of a log entry is refused, in words for the person who sent it."""

from assets.photos.errors import PhotoError


class TakenBackError(PhotoError):
    """The entry that it belongs to was taken back."""


class SmallHomeError(PhotoError):
    """A home under seven beds is somebody's own house, and is not shown."""
