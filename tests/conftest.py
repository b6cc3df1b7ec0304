"""What every test may ask for."""

import pytest

from governance.models import BoardPage, User
from tests import building


@pytest.fixture
def clerk(db: None) -> User:
    """A democratic services editor with every right."""
    return building.make_user()


@pytest.fixture
def board(clerk: User) -> BoardPage:
    """A live Health and Wellbeing Board on an open site."""
    return building.make_board(clerk)
