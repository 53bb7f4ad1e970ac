"""Pages of this part."""

from django.urls import path

from assets.proposals.views import deciding, making

app_name = "proposals"
urlpatterns = [
    path("places/suggest/", making.suggest, name="suggest"),
    path("places/<int:pk>/suggest/", making.suggest_change, name="suggest_change"),
    path("places/suggested/<str:token>/", making.status, name="status"),
    path("proposals/", deciding.queue, name="queue"),
    path("proposals/<int:pk>/", deciding.proposal_page, name="proposal"),
    path("proposals/<int:pk>/undo/", deciding.undo_page, name="undo"),
    path("proposals/places/<int:pk>/", deciding.draft_page, name="draft"),
]
