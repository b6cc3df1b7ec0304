"""Work in the background. A task takes a key and calls an operation."""

from django_tasks import task

from minutes.operations import packing


@task(queue_name="packs")
def build_pack(key: int) -> str:
    """Build the pack of this row."""
    pack = packing.build_pack(pack=key)
    return str(pack.state) if pack else "nothing to do"


def wake_pack_worker(key: int) -> None:
    """Queue the building of a pack."""
    build_pack.enqueue(key)
