"""The key that opens what is not for publication is made once, and read by its owner alone."""

from pathlib import Path

from cryptography.fernet import Fernet

from config.state import prepare_state


def test_a_key_is_made_on_first_start_and_kept(tmp_path: Path) -> None:
    state = prepare_state(tmp_path)
    assert len(state.restricted_keys) == 1
    Fernet(state.restricted_keys[0])
    file = tmp_path / "keys" / "restricted_keys"
    assert file.stat().st_mode & 0o777 == 0o600
    assert prepare_state(tmp_path) == state
    assert state.restricted_keys[0] != state.secret_key


def test_several_keys_stand_in_it_the_newest_first(tmp_path: Path) -> None:
    first = prepare_state(tmp_path).restricted_keys[0]
    new = Fernet.generate_key().decode()
    (tmp_path / "keys" / "restricted_keys").write_text(f"{new}\n{first}\n")
    assert prepare_state(tmp_path).restricted_keys == (new, first)
