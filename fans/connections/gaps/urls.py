"""Pages of this part."""

from django.urls import path

from fans.connections.gaps import views

app_name = "gaps"
urlpatterns = [
    path("gaps/", views.choose, name="choose"),
    path("gaps/areas/", views.areas, name="areas"),
    path("homes/<int:home_id>/gaps/", views.home, name="home"),
    path("homes/<int:home_id>/gaps/noes/", views.noes, name="noes"),
    path("homes/<int:home_id>/gaps/<int:asset_id>/list/", views.put_on_list, name="list"),
    path("homes/<int:home_id>/gaps/<int:asset_id>/no/", views.no, name="no"),
    path("gaps/ties/<int:pk>/take-off/", views.take_off_list, name="take_off"),
    path("gaps/noes/<int:pk>/take-back/", views.take_back, name="take_back"),
]
