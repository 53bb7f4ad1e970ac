"""Why the openness room refuses something."""


class OpennessError(Exception):
    """Something about instruments, waves or scores was refused."""


class RefusedError(OpennessError):
    """A document was refused; ``path`` names the place in it."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}" if path else problem)


class InstrumentFrozenError(OpennessError):
    """A published instrument was to be changed."""


class WaveClosedError(OpennessError):
    """Answers came before a wave opened or after it closed."""
