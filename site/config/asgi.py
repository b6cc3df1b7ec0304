"""The application as an asynchronous web server starts it."""

import os
from concurrent.futures import ThreadPoolExecutor

from django.core.asgi import get_asgi_application

from governance.one_host import serve_from_here

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_asgi_application()
serve_from_here()
# What follows needs the models, which are there only now.
from minutes.checks import require_keys  # noqa: E402

# A server may load this within its own loop, where the database cannot be asked.
with ThreadPoolExecutor(max_workers=1) as _apart:
    _apart.submit(require_keys).result()
