"""One machine, SQLite, one worker: the default. State and keys live in the `var` folder."""

from config.settings.base import *  # noqa: F403
from config.settings.base import RESTRICTED_KEYS, VAR
from config.state import prepare_state

_state = prepare_state(VAR)
SECRET_KEY = _state.secret_key
RESTRICTED_KEYS = RESTRICTED_KEYS or list(_state.restricted_keys)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
