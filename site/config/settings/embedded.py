"""One machine, SQLite, one worker: the default. State and keys live in the `var` folder."""

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR
from config.state import prepare_state

SECRET_KEY = prepare_state(VAR).secret_key
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
