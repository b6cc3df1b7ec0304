"""Every page type can be reached, shown and previewed, with everything filled in and with nothing."""

from wagtail.models import Page, get_page_models
from wagtail.test.utils.page_tests import WagtailPageTestCase

import pytest

from tests.small_site import SmallSite, make_small_site

OURS = [model for model in get_page_models() if model is not Page]


class PageTypes(WagtailPageTestCase):
    """Wagtail's own checks of every page type of ours."""

    site: SmallSite

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.site = make_small_site()

    def test_every_type_is_reached_and_shown(self) -> None:
        for model in OURS:
            page = model.objects.live().first()
            with self.subTest(model=model.__name__):
                self.assertIsNotNone(page)
                self.assertPageIsRoutable(page)
                self.assertPageIsRenderable(page)

    def test_a_draft_is_previewed(self) -> None:
        for model in OURS:
            page = model.objects.live().first().get_latest_revision_as_object()
            with self.subTest(model=model.__name__):
                self.assertEqual(page.make_preview_request().status_code, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_page_not_saved_yet_is_previewed(small_site: SmallSite, model: type[Page]) -> None:
    saved = model.objects.live().first()
    page = model(title="Not saved yet", slug="not-saved-yet", path=saved.path[:-4] + "ZZZZ", depth=saved.depth)
    for field in model._meta.concrete_fields:
        if (
            field.is_relation and not field.null and not field.primary_key and field.name not in {"page_ptr", "content_type"}
        ) or field.name in {"starts_at", "date", "url_path"}:
            setattr(page, field.name, getattr(saved, field.name))
    response = page.make_preview_request()
    assert response.status_code == 200
    assert "Not saved yet" in response.rendered_content or model.__name__ in {"HomePage", "ResolutionPage"}
