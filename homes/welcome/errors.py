"""Why a welcome card was not saved."""

from homes.errors import HomesError


class ChangedMeanwhileError(HomesError):
    """Somebody else saved the card since the form was opened."""
