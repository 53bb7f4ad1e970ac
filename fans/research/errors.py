"""Why the research room refuses something."""


class ResearchError(Exception):
    """Something about a study or an extract was refused; the words say why."""


class NobodyAgreedError(ResearchError):
    """No home of the study's cohort has agreed to research."""


class FileExistsAlreadyError(ResearchError):
    """There is a file where the extract was to go."""
