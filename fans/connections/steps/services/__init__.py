"""Writes of the getting-started steps: keyword-only, atomic, each naming who did it."""

from fans.connections.steps.services.known import (
    change_known,
    put_down,
    put_down_many,
    restore_known,
    sort_known,
    take_out,
)
from fans.connections.steps.services.progress import say_done, say_not_done
from fans.connections.steps.services.shortlist import pick, take_off

__all__ = [
    "change_known",
    "pick",
    "put_down",
    "put_down_many",
    "restore_known",
    "say_done",
    "say_not_done",
    "sort_known",
    "take_off",
    "take_out",
]
