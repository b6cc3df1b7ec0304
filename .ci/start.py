"""Start one of the commands behind the Makefile: demo, demo-data, demo-reset, test, bench, format or lock.

Written so that any Python 3 can read it: an old Python gets a sentence, not a syntax error.
"""

import signal
import sys

OLDEST_PYTHON = (3, 11)


def old_python(version):
    """The sentence for a Python that is too old, or None when `version` (major, minor) is new enough."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return None
    return "Python {}.{} is too old: Resolved needs Python {}.{} or newer (make PYTHON=python3.11 ...).".format(
        *version[:2], *OLDEST_PYTHON
    )


def stop(number, frame):
    """Turn a request to stop into an exit, so that everything started is also stopped."""
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
    signal.signal(signal.SIGTERM, stop)
    try:
        return COMMANDS[sys.argv[1]]()
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
