"""Start one of the commands behind the Makefile: demo, demo-data, demo-reset, test, bench, try-production, format or lock.

Written so that any Python 3 can read it: an old Python gets a sentence, not a syntax error.
"""

import signal
import sys

OLDEST_PYTHON = (3, 11)
# Ctrl-C, a polite kill, and the closing of the terminal.
REQUESTS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def old_python(version):
    """The sentence for a Python that is too old, or None when `version` (major, minor) is new enough."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return None
    numbers = tuple(version[:2]) + OLDEST_PYTHON
    return "Python {}.{} is too old: Resolved needs Python {}.{} or newer (make PYTHON=python3.11 ...).".format(*numbers)


def stop(number, frame):
    """Turn the first request to stop into an exit, so that everything started is also stopped, undisturbed by further ones."""
    for request in REQUESTS_TO_STOP:
        signal.signal(request, lambda number, frame: None)
    sys.exit(128 + number)


def main():
    """Check the Python, then run the command named on the command line."""
    problem = old_python(sys.version_info)
    if problem:
        sys.exit(problem)
    from commands import COMMANDS
    from refusal import Refusal

    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit("Usage: start.py " + " | ".join(COMMANDS))
    for request in REQUESTS_TO_STOP:
        signal.signal(request, stop)
    try:
        return COMMANDS[sys.argv[1]]()
    except Refusal as refusal:
        sys.stderr.write("\n" + str(refusal) + "\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
