"""The application as a web server starts it."""

import os

from django.core.wsgi import get_wsgi_application

from governance.one_host import serve_from_here

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
serve_from_here()
# What follows needs the models, which are there only now.
from django.db import connections  # noqa: E402

from minutes.checks import require_keys  # noqa: E402

require_keys()
# A server that loads this once and forks would share what was opened.
connections.close_all()
