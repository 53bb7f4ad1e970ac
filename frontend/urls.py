"""Pages that show several rooms, and those that hold no records."""

from django.urls import path

from frontend.packed_pages import packed_for_visitors
from frontend.views import asset, basemap, home, offline, search, static, tiles, today
from frontend.views import map as map_views

app_name = "frontend"
urlpatterns = [
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt", tiles.tile, name="tile"),
    path("", static.landing, name="landing"),
    path("map/", packed_for_visitors(map_views.map_page), name="map"),
    path("map/list/", packed_for_visitors(map_views.map_list), name="map_list"),
    path("search/", search.search, name="search"),
    path("basemap.pmtiles", basemap.basemap, name="basemap"),
    path("places/<int:pk>/", asset.asset_page, name="asset"),
    path("places/walk/", offline.walk, name="walk"),
    path("no-signal/", offline.no_signal, name="no_signal"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("homes/<int:pk>/", home.home_page, name="home"),
    path("today/", today.today_page, name="today"),
    path("how-it-works/", static.how_it_works, name="how_it_works"),
    path("privacy/", static.privacy, name="privacy"),
    path("cookies/", static.cookies, name="cookies"),
    path("accessibility/", static.accessibility, name="accessibility"),
    path("help/", static.help_page, name="help"),
    path("sources/", static.sources, name="sources"),
]
