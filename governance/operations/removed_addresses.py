"""Addresses made of words that are removed: pages get others, and the old ones still lead to them without saying the words."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from wagtail.models import Page, Revision

from governance.models import PublicAddress
from governance.models.references import address_digest
from governance.operations.references import remember_address
from governance.passages import Passages


def pages_addressed_with(passages: Passages) -> list[int]:
    """The keys of the pages whose own part of their address is made of the words, those above first."""
    slugs = Page.objects.filter(depth__gt=1).order_by("depth", "path").values_list("pk", "slug")
    return [key for key, slug in slugs.iterator() if passages.replaced(slug, address=True)[1]]


def readdress(keys: Iterable[int], passages: Passages, at: datetime) -> list[int]:
    """Give pages other addresses, with all that stands below them. Returns the keys of every page whose address is another now."""
    changed: list[int] = []
    for key in keys:
        page = Page.objects.get(pk=key)
        slug = _free_slug(page, passages.replaced(page.slug, address=True)[0])
        old, new = page.url_path, f"{page.url_path[: -len(page.slug) - 1]}{slug}/"
        Page.objects.filter(pk=key).update(slug=slug)
        for row in Page.objects.filter(Q(pk=key) | Q(url_path__startswith=old, path__startswith=page.path)):
            Page.objects.filter(pk=row.pk).update(url_path=f"{new}{row.url_path[len(old) :]}")
            changed.append(row.pk)
    for page in Page.objects.filter(pk__in=changed).order_by("depth"):
        _rewrite_versions(page)
        if page.live:
            remember_address(page=page, at=at)
    _forget_words(passages)
    return list(dict.fromkeys(changed))


def _free_slug(page: Page, slug: str) -> str:
    taken = set(page.get_siblings(inclusive=False).values_list("slug", flat=True))
    return next(each for each in [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))] if each not in taken)


def _rewrite_versions(page: Page) -> None:
    """A version that is published again would bring its address back."""
    for version in Revision.objects.for_instance(page).iterator():
        content = {**version.content, "slug": page.slug, "url_path": page.url_path}
        Revision.objects.filter(pk=version.pk).update(content=content)


def _forget_words(passages: Passages) -> None:
    """Keep the digest alone of every address that was public and says the words."""
    for key, path in PublicAddress.objects.values_list("pk", "path").iterator():
        if passages.replaced(path, address=True)[1]:
            PublicAddress.objects.filter(pk=key).update(path=address_digest(path))
