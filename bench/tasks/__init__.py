"""Every bench by its name, and the pages that several share."""

from bench.page import SharedPage
from bench.task import Task
from bench.tasks.assets_list import AssetsList
from bench.tasks.country import Country
from bench.tasks.duplicates import Duplicates
from bench.tasks.gaps import Gaps
from bench.tasks.import_assets import ImportAssets
from bench.tasks.lived import Lived
from bench.tasks.map_list import MapList
from bench.tasks.map_low import MapLow
from bench.tasks.map_scale import MapScale
from bench.tasks.map_search import MapSearch
from bench.tasks.map_tiles import MapTiles
from bench.tasks.map_view import MapView
from bench.tasks.map_writes import MapWrites
from bench.tasks.postcodes import Postcodes
from bench.tasks.register import Register
from bench.tasks.typing import Typing
from bench.tasks.users import Users

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
        *(MapLow, MapTiles, MapList, MapSearch, MapScale, MapWrites, MapView, Users),
    )
}

PAGES: dict[str, SharedPage] = {
    page.name: page
    for page in (
        SharedPage(
            "map",
            "The map at a million",
            "`bin/bench map` measures every part in turn, over one made-up country of a "
            "million places and 20,000 homes; `bin/bench NAME` measures one part again and "
            "leaves the others as they stand. A goal that is missed says so.",
        ),
    )
}
