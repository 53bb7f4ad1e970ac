"""The web application, for granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_site = get_wsgi_application()

from django.db import DEFAULT_DB_ALIAS, connections  # noqa: E402 - once settings stand

from config.serving import bound  # noqa: E402
from frontend.quick_tiles import QuickTiles  # noqa: E402

bound(connections.settings[DEFAULT_DB_ALIAS])
application = QuickTiles(_site)
