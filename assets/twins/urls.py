"""Pages of this part."""

from django.urls import path

from assets.twins import merge_views, pair_views

app_name = "twins"
urlpatterns = [
    path("twins/", pair_views.pairs, name="pairs"),
    path("twins/points/", pair_views.points, name="points"),
    path("twins/<int:pk>/", pair_views.decide, name="decide"),
    path("places/<int:pk>/merge/", merge_views.merge, name="merge"),
    path("merges/", merge_views.merges, name="merges"),
    path("merges/<int:pk>/", merge_views.merged, name="merged"),
]
