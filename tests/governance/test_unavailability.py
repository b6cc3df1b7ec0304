"""What broke around the site is told from what is broken in it."""

import errno
import sqlite3

from django.db import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

import pytest

from governance.unavailability import is_away


def of_sqlite(code: int) -> OperationalError:
    """What Django raises for an error of the embedded database."""
    cause = sqlite3.OperationalError("it says why")
    cause.sqlite_errorcode = code
    error = OperationalError("it says why")
    error.__cause__ = cause
    return error


def raised_from(error: Exception, cause: BaseException) -> Exception:
    """An error with what it was raised from."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        # The second byte says more of the same.
        sqlite3.SQLITE_BUSY_SNAPSHOT,
        sqlite3.SQLITE_IOERR_WRITE,
    ],
)
def test_an_embedded_database_that_is_busy_full_or_away_comes_back(code: int) -> None:
    assert is_away(of_sqlite(code))


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_TOOBIG])
def test_a_statement_that_is_wrong_and_a_broken_file_stay_so(code: int) -> None:
    assert not is_away(of_sqlite(code))


@pytest.mark.parametrize(
    "error", [OperationalError("server closed the connection"), InterfaceError("connection already closed")]
)
def test_a_server_that_ended_the_connection_comes_back(error: Exception) -> None:
    assert is_away(error)


@pytest.mark.parametrize("error", [IntegrityError(), ProgrammingError(), DataError(), ValueError(), KeyError("x"), None])
def test_a_fault_of_ours_is_none_of_the_surroundings(error: Exception | None) -> None:
    assert not is_away(error)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT, errno.EMFILE, errno.EHOSTUNREACH])
def test_a_disk_or_a_store_that_is_full_or_away_comes_back(number: int) -> None:
    assert is_away(OSError(number, "it says why"))


@pytest.mark.parametrize("error", [ConnectionResetError(), ConnectionRefusedError(), BrokenPipeError(), TimeoutError()])
def test_a_connection_that_broke_comes_back(error: OSError) -> None:
    assert is_away(error)


@pytest.mark.parametrize("error", [FileNotFoundError(errno.ENOENT, "x"), PermissionError(errno.EACCES, "x"), OSError("x")])
def test_a_file_that_is_not_there_is_a_fault_of_ours(error: OSError) -> None:
    assert not is_away(error)


def test_what_something_was_raised_from_counts_however_deep() -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    assert is_away(raised_from(ValueError("The file was not kept."), raised_from(RuntimeError("Not stored."), full)))
    assert not is_away(raised_from(ValueError("Wrong."), KeyError("x")))


def test_what_was_merely_being_handled_does_not_count() -> None:
    error = ValueError("A fault of ours, found while another was handled.")
    error.__context__ = OSError(errno.ENOSPC, "No space left on device")
    assert not is_away(error)


def test_errors_that_name_each_other_come_to_an_end() -> None:
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    assert not is_away(first)
