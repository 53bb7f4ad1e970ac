"""Every bench by its name."""

from bench.task import Task
from bench.tasks.assets_list import AssetsList
from bench.tasks.country import Country
from bench.tasks.duplicates import Duplicates
from bench.tasks.gaps import Gaps
from bench.tasks.import_assets import ImportAssets
from bench.tasks.lived import Lived
from bench.tasks.postcodes import Postcodes
from bench.tasks.register import Register
from bench.tasks.typing import Typing

TASKS: dict[str, type[Task]] = {
    task.name: task
    for task in (
        *(
            Postcodes,
            Register,
            Country,
            ImportAssets,
            AssetsList,
            Duplicates,
            Typing,
            Gaps,
            Lived,
        ),
    )
}
