from django.urls import path

from frontend.views import static

app_name = "frontend"
urlpatterns = [
    path("", static.landing, name="landing"),
    path("how-it-works/", static.how_it_works, name="how_it_works"),
    path("privacy/", static.privacy, name="privacy"),
    path("accessibility/", static.accessibility, name="accessibility"),
    path("help/", static.help_page, name="help"),
    path("sources/", static.sources, name="sources"),
]
