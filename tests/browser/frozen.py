"""The embedded settings on one fixed day: every process that starts with them, the server and its worker too, lives on it.

Pictures of the demonstration are the same on any day; a database of these settings is never one that people use.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine

from config.settings.embedded import *  # noqa: F403

TODAY = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/London"))

# It ticks, so that nothing waits for ever; it is never stopped, because the process ends with it.
time_machine.travel(TODAY, tick=True).start()
