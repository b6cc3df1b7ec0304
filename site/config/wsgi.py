"""The application as a web server starts it."""

import os

from django.core.wsgi import get_wsgi_application

from governance.one_host import serve_from_here

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
serve_from_here()
