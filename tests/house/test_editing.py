"""Every page type can be made, edited, previewed and read: through the admin, by the editor of a board."""

from typing import Any

from django.urls import reverse

from wagtail.models import Page, get_page_models
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import querydict_from_html, rich_text

import pytest

from governance.enums import Role
from governance.models import BoardPage, BodyType, RecordPage, User
from governance.operations.roles import give_role
from home.models import AccessibilityStatementPage, ContentPage, HomePage, PrivacyNoticePage
from tests import building
from tests.house.chain import Chain, make_chain

# What a person must type before a new page of each type can be kept.
TYPED: dict[str, dict[str, str]] = {
    "boardpage": {"code": "SCP", "body_type": "1"},
    "meetingpage": {"starts_at": "2026-12-10 14:00"},
    "actionpage": {"promise": "We will ask carers.", "board": "1"},
    "progressupdatepage": {"date": "2026-11-20", "what_changed": "Carers were asked.", "status": "under_way"},
    "workshoppage": {"starts_at": "2026-12-01 10:00"},
    "resolutionpage": {"text": "That carers be asked."},
}
RICH: dict[str, tuple[str, ...]] = {
    "boardpage": ("purpose",),
    "agendaitempage": ("body", "recommendations"),
    "minutepage": ("text",),
    "workshoppage": ("purpose",),
    "strategypage": ("body",),
    "workstreampage": ("body",),
    "casestudypage": ("what_happened",),
}


class EveryPageType(WagtailPageTestCase):
    """One site with a record of every type."""

    chain: Chain
    clerk: User
    editor: User

    @classmethod
    def setUpTestData(cls) -> None:
        """Make it once."""
        super().setUpTestData()
        cls.clerk = building.make_user()
        cls.chain = make_chain(cls.clerk)
        cls.editor = building.make_user("editor", is_superuser=False, is_staff=False)
        give_role(user=cls.editor, role=Role.EDITOR, board=cls.chain.records["board"])
        content = ContentPage(title="Privacy", slug="privacy", body=[("text", "<p>What we keep.</p>")])
        HomePage.objects.get().add_child(instance=content)
        for statement in (AccessibilityStatementPage(title="Accessible", slug="accessible"), PrivacyNoticePage(title="Notice")):
            HomePage.objects.get().add_child(instance=statement)

    def pages(self) -> list[Any]:
        """One page of every type."""
        found = {type(page): page for page in Page.objects.filter(depth__gt=1).specific()}
        assert set(found) == set(get_page_models()) - {Page}
        return list(found.values())

    def test_each_is_found_at_its_address_and_can_be_read(self) -> None:
        """By anybody."""
        for page in self.pages():
            with self.subTest(type=type(page).__name__):
                self.assertPageIsRoutable(page)
                self.assertPageIsRenderable(page)

    def test_each_can_be_edited_and_previewed(self) -> None:
        """By an administrator; a final record is shown and not changed."""
        for page in self.pages():
            if isinstance(page, RecordPage) and page.is_frozen:
                continue
            with self.subTest(type=type(page).__name__):
                stream = {ContentPage: "body-count", PrivacyNoticePage: "purposes-count"}.get(type(page))
                sent = {"title": page.title, "slug": page.slug, stream: "0"} if stream else None
                self.assertPageIsEditable(page, user=self.clerk, post_data=sent)
                self.assertPageIsPreviewable(page, user=self.clerk, post_data=sent)

    def test_the_editor_of_the_board_edits_and_previews_its_records(self) -> None:
        """All but the case study, which is no board's, and what is final."""
        for name in ("board", "meeting", "item", "action", "update", "workshop", "strategy", "workstream"):
            with self.subTest(name=name):
                self.assertPageIsEditable(self.chain.fresh(name), user=self.editor)
                self.assertPageIsPreviewable(self.chain.fresh(name), user=self.editor)

    def test_the_editor_of_the_board_makes_each_type_below_it(self) -> None:
        """With no more than the fields that must be given."""
        board, other = self.chain.records["board"], self.chain.other_item
        places = {
            "meetingpage": board,
            "agendaitempage": self.chain.records["meeting"],
            "minutepage": other,
            "resolutionpage": other,
            "actionpage": self.chain.records["action"].get_parent(),
            "progressupdatepage": self.chain.records["action"],
            "workshoppage": self.chain.records["action"],
            "workstreampage": self.chain.records["strategy"],
        }
        self.client.force_login(self.editor)
        for model, parent in places.items():
            with self.subTest(model=model):
                self.make(model, parent)

    def test_an_administrator_makes_the_others(self) -> None:
        """Boards, strategies, case studies and content."""
        self.client.force_login(self.clerk)
        home = HomePage.objects.get()
        places: dict[str, Any] = {
            "boardpage": self.chain.records["board"].get_parent(),
            "strategypage": home,
            "casestudypage": self.chain.records["case study"].get_parent(),
            "contentpage": home,
        }
        for model, parent in places.items():
            with self.subTest(model=model):
                self.make(model, parent)

    def make(self, model: str, parent: Page) -> None:
        """Open the form of a new page, fill in what must be given, keep it as a draft and find it in the editor."""
        app = next(each._meta.app_label for each in get_page_models() if each._meta.model_name == model)
        where = reverse("wagtailadmin_pages:add", args=[app, model, parent.pk])
        shown = self.client.get(where)
        assert shown.status_code == 200
        form = querydict_from_html(shown.content.decode(), form_id="page-edit-form")
        form.update({"title": f"New {model}", "slug": f"new-{model}"})
        for field, value in TYPED.get(model, {}).items():
            form[field] = {"board": str(BoardPage.objects.get().pk), "body_type": str(BodyType.objects.all()[0].pk)}.get(
                field, value
            )
        for field in RICH.get(model, ()):
            form[field] = rich_text("<p>Words.</p>")
        if model == "contentpage":
            form["body-count"] = "0"
        response = self.client.post(where, form)
        made = Page.objects.filter(slug=f"new-{model}").first()
        assert made is not None, response.context["form"].errors
        self.assertRedirects(response, reverse("wagtailadmin_pages:edit", args=[made.pk]))
        assert not made.live


@pytest.mark.django_db
def test_a_final_record_can_be_previewed(clerk: User) -> None:
    chain = make_chain(clerk)
    for name in ("minute", "resolution"):
        record = chain.fresh(name)
        response = record.make_preview_request()
        assert response.status_code == 200
