"""The application as an asynchronous web server starts it."""

import os

from django.core.asgi import get_asgi_application

from governance.one_host import serve_from_here

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_asgi_application()
serve_from_here()
