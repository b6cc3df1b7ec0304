"""Two years, replayed: every step in the order of its date, through the operations that people use."""

from collections.abc import Callable
from datetime import date

from home.demonstration import actions, cast, meetings, partners, plans, promises, voices
from home.demonstration.stage import Stage, Step

Tell = Callable[[int, int, str], None]


def every_step(stage: Stage) -> list[Step]:
    """The steps in the order of their dates; those of one moment in the order boards, promises, meetings, actions and so on."""
    parts = (cast, promises, meetings, plans, actions, partners, voices)
    return sorted((step for part in parts for step in part.steps(stage)), key=lambda step: step.at)


def replay(*, today: date, tell: Tell) -> Stage:
    """Replay the demonstration on an opened site.

    Args:
        today: the day that all dates count from.
        tell: is told (steps done, steps in all, what was done) after each step.
    """
    stage = Stage(today)
    cast.gather(stage)
    steps = every_step(stage)
    for number, step in enumerate(steps, start=1):
        step.do(stage, step.at)
        tell(number, len(steps), step.words)
    return stage
