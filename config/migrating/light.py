"""Migrations that change no column need no model drawn anew (docs/adr/0023).

While it migrates, Django keeps a class for every model as it was then. For each
constraint, index or trigger it makes the class and those of all models related to it
again, some fifty at a time: nine tenths of what an empty database costs. Such an option
is only a line in a list of the class; here the list is changed instead.
"""

from typing import Any, Final

from django.db.migrations.state import ProjectState
from pgtrigger import migrations as triggers

_LISTS: Final = ("constraints", "indexes", "triggers")

_append: Final = ProjectState._append_option  # type: ignore[attr-defined]
_remove: Final = ProjectState._remove_option  # type: ignore[attr-defined]


def note_options(state: Any, app_label: str, model_name: str) -> None:
    """Let the class of a model list what its state lists; nothing else of it changes."""
    if "apps" not in state.__dict__:  # no class is there yet
        return
    options = state.models[app_label, model_name].options
    meta = state.apps.get_model(app_label, model_name)._meta
    for name in _LISTS:
        if name in options:
            setattr(meta, name, list(options[name]))


class _Quietly:
    """A state on which the option is put, and no class is made again."""

    def __init__(self, state: Any) -> None:
        self.models = state.models

    def reload_model(self, *args: Any, **kwargs: Any) -> None:
        """Leave the classes be."""


def _append_option(self: Any, app_label: str, model_name: str, option: str, obj: Any) -> None:
    _append(_Quietly(self), app_label, model_name, option, obj)
    note_options(self, app_label, model_name)


def _remove_option(self: Any, app_label: str, model_name: str, option: str, name: str) -> None:
    _remove(_Quietly(self), app_label, model_name, option, name)
    note_options(self, app_label, model_name)


def _lightly(state_forwards: Any) -> Any:
    def forwards(self: Any, app_label: str, state: Any) -> None:
        state_forwards(self, app_label, _Quietly(state))
        note_options(state, app_label, self.model_name)

    return forwards


def lighten() -> None:
    """Make constraints, indexes and triggers light for every migration from now on."""
    if ProjectState._append_option is _append_option:  # type: ignore[attr-defined]
        return
    ProjectState._append_option = _append_option  # type: ignore[attr-defined]
    ProjectState._remove_option = _remove_option  # type: ignore[attr-defined]
    for operation in (triggers.AddTrigger, triggers.RemoveTrigger):
        operation.state_forwards = _lightly(operation.state_forwards)  # type: ignore[method-assign]
