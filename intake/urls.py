"""Pages of this room."""

from django.urls import path

from intake import views

app_name = "intake"
urlpatterns = [
    path("imports/", views.import_list, name="list"),
    path("imports/new/<slug:slug>/", views.new_import, name="new"),
    path("imports/<int:pk>/", views.job_page, name="job"),
    path("imports/<int:pk>/bring-in/", views.bring_in, name="bring_in"),
    path("imports/<int:pk>/rows/<int:number>/", views.decide, name="decide"),
    path("imports/<int:pk>/try-again/", views.try_again, name="try_again"),
    path("imports/<int:pk>/throw-away/", views.throw_away, name="throw_away"),
    path("imports/<int:pk>/rows.geojson", views.points, name="points"),
    path("imports/<int:pk>/report.csv", views.job_csv, name="job_csv"),
    path("imports/reports/<int:pk>/", views.report_page, name="report"),
    path("imports/reports/<int:pk>/report.csv", views.report_csv, name="report_csv"),
]
