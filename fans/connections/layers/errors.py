"""What can be wrong with what was asked for."""


class LayersError(Exception):
    """Something asked of a layer cannot be."""


class UnknownOrderError(LayersError):
    """The table has no such order."""

    def __init__(self, order: str) -> None:
        super().__init__(f"“{order[:20]}” is no order of this table.")
