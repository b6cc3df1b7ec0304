"""Pictures, papers and packs in a store that speaks S3, on both databases."""

from pathlib import Path

from tests.drills.playing import played


def test_papers_packs_and_pictures_live_in_object_storage(own_database: str, tmp_path: Path) -> None:
    said = played(
        "tests.config.stored_far_away",
        database=own_database,
        var=tmp_path / "var",
    )
    assert said["picture"]
    assert set(said["before"]) == {"papers"}
    assert said["paper"]["status"] == 200 and said["paper"]["starts"] == "%PDF-"
    assert (said["pack"]["status"], said["pack"]["bytes"]) == (200, said["pack_bytes"])
    assert (said["part"]["status"], said["part"]["bytes"], said["part"]["starts"]) == (206, 3, "PDF")
    assert said["fetched_whole"] == []
    assert said["again"] == 304
    assert (said["paper_unsigned"], said["pack_unsigned"], said["picture_unsigned"]) == (403, 403, 403)
    assert said["thrown_away"] == 1
    assert set(said["looked_at"].values()) == {"same"}
    assert len(said["looked_at"]) >= 5
    assert said["damaged"] == "changed"
    assert said["lost"] == 404
    assert said["away"] == {"status": 503, "says": True}
    assert not list((tmp_path / "var").glob("private/p*/*"))
