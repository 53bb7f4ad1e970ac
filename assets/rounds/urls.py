"""Pages of this part."""

from django.urls import path

from assets.rounds import views
from assets.rounds.views import planning, walking

app_name = "rounds"
urlpatterns = [
    path("rounds/", views.round_list, name="list"),
    path("rounds/plan/", planning.plan, name="plan"),
    path("rounds/share/", planning.share, name="share"),
    path("rounds/<int:pk>/", walking.walk, name="round"),
    path("rounds/<int:pk>/hand/", walking.hand, name="hand"),
    path("rounds/<int:pk>/finish/", walking.finish, name="finish"),
    path("rounds/<int:pk>/stops/<int:stop>/", walking.one_stop, name="stop"),
]
