"""The embedded settings on the afternoon of the demonstration's next meeting without an agenda, for every process that starts with them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine

from config.settings.embedded import *  # noqa: F403

# It ticks, so that nothing waits for ever; it is never stopped, because the process ends with it.
time_machine.travel(datetime(2027, 2, 25, 16, tzinfo=ZoneInfo("Europe/London")), tick=True).start()
