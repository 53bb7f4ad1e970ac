"""Migrations that change one model need no other drawn anew (docs/adr/0023).

While it migrates, Django keeps a class for every model as it was then. For each new model
and column, each constraint, index or trigger it makes the class and those of all models
related to it again, some hundred at a time: nine tenths of what an empty database costs.
Here a new model makes its own class, a new column that of its model; an option, which is
only a line in a list of the class, none.
"""

from functools import partial
from typing import Any, Final

from django.db.migrations.state import ProjectState
from pgtrigger import migrations as triggers

_LISTS: Final = ("constraints", "indexes", "triggers")

_append: Final = ProjectState._append_option  # type: ignore[attr-defined]
_remove: Final = ProjectState._remove_option  # type: ignore[attr-defined]
_reload: Final = ProjectState.reload_model
_add_model: Final = ProjectState.add_model
_add_field: Final = ProjectState.add_field


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


def _draw(state: Any, app_label: str, model_name: str, **_: Any) -> None:
    """Make the class of one model, and leave those related to it be.

    They go on naming its earlier class, of the same table and key: enough to change the
    database by. Code in a migration gets all classes anew, as the state is marked delayed.
    """
    if "apps" not in state.__dict__:
        return
    if _is_a_base(state, app_label, model_name):
        _reload(state, app_label, model_name)
        return
    state.is_delayed = True
    state.apps.unregister_model(app_label, model_name.lower())
    state.apps.render_multiple([state.models[app_label, model_name.lower()]])


def _is_a_base(state: Any, app_label: str, model_name: str) -> bool:
    bases = (base for model in state.models.values() for base in model.bases)
    label = f"{app_label}.{model_name}".lower()
    return any(isinstance(base, str) and base.lower() == label for base in bases)


def _drawing(change: Any) -> Any:
    def changed(self: Any, *args: Any, **kwargs: Any) -> None:
        self.reload_model = partial(_draw, self)
        try:
            change(self, *args, **kwargs)
        finally:
            del self.reload_model

    return changed


def _lightly(state_forwards: Any) -> Any:
    def forwards(self: Any, app_label: str, state: Any) -> None:
        state_forwards(self, app_label, _Quietly(state))
        note_options(state, app_label, self.model_name)

    return forwards


def lighten() -> None:
    """Make what is added light for every migration from now on."""
    if ProjectState._append_option is _append_option:  # type: ignore[attr-defined]
        return
    ProjectState._append_option = _append_option  # type: ignore[attr-defined]
    ProjectState._remove_option = _remove_option  # type: ignore[attr-defined]
    ProjectState.add_model = _drawing(_add_model)  # type: ignore[method-assign]
    ProjectState.add_field = _drawing(_add_field)  # type: ignore[method-assign]
    for operation in (triggers.AddTrigger, triggers.RemoveTrigger):
        operation.state_forwards = _lightly(operation.state_forwards)  # type: ignore[method-assign]
