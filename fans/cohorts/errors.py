"""Why the cohorts room refuses something."""


class CohortError(Exception):
    """Something about cohorts or enrolments was refused; the words say why."""


class CohortFullError(CohortError):
    """All places of the cohort are taken."""


class AlreadyEnrolledError(CohortError):
    """The home already takes part in the cohort."""


class AgreementDateError(CohortError):
    """The day of a research agreement is still to come."""
