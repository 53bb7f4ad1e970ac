"""Why a photo is refused, in words for the person who sent it."""

from assets.errors import AssetError


class PhotoError(AssetError):
    """Something about the photo; ``field`` names where to put it right."""

    field = "photo"


class NotAPhotoError(PhotoError):
    """The file cannot be read as a picture, or is more than we take."""


class TooManyPhotosError(PhotoError):
    """The place has as many as it may have."""


class NotDescribedError(PhotoError):
    """A photo without words for those who cannot see it is not shown."""

    field = "alt"


class PermissionMissingError(PhotoError):
    """People can be recognised, and nobody said until when they agreed to it."""

    field = "permission_until"


class SentByAnotherError(PhotoError):
    """The form's own id was used before, by another person."""


class TooLateToUndoError(PhotoError):
    """The minutes in which a decision can be taken back are over."""


class NoReasonError(PhotoError):
    """A photo is refused without a word to whoever took it."""

    field = "reason"
