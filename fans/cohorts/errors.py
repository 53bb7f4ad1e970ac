"""Why the cohorts room refuses something."""


class CohortError(Exception):
    """Something about cohorts or enrolments was refused; the words say why.

    ``field`` is the question of a form that the words belong to.
    """

    field = ""


class CohortNameError(CohortError):
    """Another cohort has this name."""

    field = "name"


class CohortFullError(CohortError):
    """All places of the cohort are taken."""


class AlreadyEnrolledError(CohortError):
    """The home already takes part in the cohort."""

    field = "home"


class ElsewhereError(CohortError):
    """The home takes part in another cohort, whose facilitator accompanies it."""

    field = "home"


class AgreementDateError(CohortError):
    """The day of a research agreement is still to come."""

    field = "agreed_on"


class EndDateError(CohortError):
    """The part would end before it began."""

    field = "ends_on"


class AlreadyEndedError(CohortError):
    """Somebody has said before when the part ends."""


class LongEndedError(CohortError):
    """A part ended so long ago that letting it go on is no undoing of a slip."""
