"""The page that every record of a board is: it has a permanent reference, is never deleted and may become final."""

from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from governance import remembering, wayfinding
from governance.exceptions import FrozenRecord, Refused
from governance.locks import RecordLock
from governance.models.found_by_words import FoundByWords
from governance.page_forms import RecordForm
from governance.permissions import RecordPermissionTester


class RecordPage(FoundByWords, Page):
    """A page whose content is a record.

    Attributes:
        not_revisioned: columns that no editor types (references, positions, states). They never come from a draft or an
            old version: the row keeps them, and a copy starts without them. Each class adds its own.
        frozen_fields: what may not change once `is_frozen` is true.
        withdrawn_when_final: whether a final record may still be taken out of public view, with its reason.
        takes_offers_of: the right with which people who do not write for the board may offer drafts below this record.
        offered_with: the right with which such a draft is offered, and stays its author's until it is public.
        dated_by_the_ledger: columns that hold the moment of an event which the ledger tells, and that event.
        said_later: columns that an operation fills after publication, each time with an entry of its own in the ledger.
        is_approved: whether the board's rule on approval holds for it; the place and time of a meeting and a board's rules are set.
        shown_with: the records that its page shows besides, by the names of their columns.
    """

    reference = models.CharField(_("reference"), max_length=120, unique=True, null=True, blank=True, editable=False)

    not_revisioned: ClassVar[tuple[str, ...]] = ("reference",)
    frozen_fields: ClassVar[tuple[str, ...]] = ()
    exclude_fields_in_copy: ClassVar[list[str]] = ["reference"]
    withdrawn_when_final: ClassVar[bool] = False
    takes_offers_of: ClassVar[str] = ""
    offered_with: ClassVar[str] = ""
    shown_with: ClassVar[tuple[str, ...]] = ()
    dated_by_the_ledger: ClassVar[dict[str, str]] = {}
    said_later: ClassVar[tuple[str, ...]] = ()
    is_approved: ClassVar[bool] = True

    content_panels = Page.content_panels
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*Page.search_fields, index.SearchField("reference", boost=5)]
    is_creatable = False
    base_form_class = RecordForm

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.exclude_fields_in_copy = list(cls.columns_of_the_row())

    @classmethod
    def columns_of_the_row(cls) -> tuple[str, ...]:
        """Every column kept out of revisions, this class's own and those of its ancestors."""
        names = (name for base in cls.__mro__ for name in vars(base).get("not_revisioned", ()))
        return tuple(dict.fromkeys(names))

    @property
    def is_frozen(self) -> bool:
        """Whether the record is final, so that only a recorded correction changes how it is read."""
        return False

    @property
    def frozen_because(self) -> str:
        """Why the record is final and what to do instead, for the person who wanted to change it."""
        return ""

    @property
    def was_public(self) -> bool:
        """Whether anyone outside could ever read it."""
        return self.first_published_at is not None

    @property
    def always_approved_by_another(self) -> bool:
        """Whether somebody else than who changed it last publishes it, whatever the board's rule is."""
        return False

    def reference_scope(self) -> str | None:
        """The sequence that this record's number is taken from, or None when it needs no reference."""
        return None

    def reference_text(self, number: int) -> str:
        """The reference made of the next number of its sequence."""
        raise NotImplementedError  # pragma: no cover - every class with a scope says how

    def rights_follow(self, page: Page) -> bool:
        """Whether rights held on that page also hold here, although this record does not live below it."""
        return False

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The context of its page, whose parts share what they ask."""
        remembering.start(self)
        for record in wayfinding.known_above(self):
            remembering.start(record)
        return dict(super().get_context(request, *args, **kwargs))

    def get_view_restrictions(self) -> Any:
        """The restrictions that hold here. Whoever came by an address where there are none is not asked about them again."""
        way = wayfinding.way_of(self)
        return PageViewRestriction.objects.none() if way and way.is_open else super().get_view_restrictions()

    def get_lock(self) -> Any:
        """The lock that shows an editor why a final record cannot be changed, else Wagtail's own."""
        return RecordLock(self) if self.is_frozen else super().get_lock()

    def permissions_for_user(self, user: Any) -> RecordPermissionTester:
        """What the person may do with this record: the explorer, the editor and bulk actions all ask this."""
        return RecordPermissionTester(user, self)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The record with the content of a version, and its own columns from the row as it is now."""
        page = super().with_content_json(content)
        row = self.specific
        for name in self.columns_of_the_row():
            attribute = page._meta.get_field(name).attname
            setattr(page, attribute, getattr(row, attribute))
        return page

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, unless that would change what is final.

        Raises:
            FrozenRecord: a frozen field differs from the row.
            Refused: it would be an alias, and a record has one place.
        """
        if self.alias_of_id:
            raise Refused(
                _g("“%(record)s” is a record and has one place. Link to it instead of making an alias.") % {"record": self}
            )
        if self.frozen_fields and self.pk:
            self._refuse_change_of_frozen_fields()
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete a draft with the drafts below it. Whoever adds another one there waits, and is told that there is nothing to add it to."""
        # In the order in which whoever adds below it takes them.
        list(type(self)._default_manager.select_for_update().filter(pk=self.pk).values_list("pk"))
        list(Page.objects.select_for_update().filter(path__startswith=self.path).values_list("pk"))
        return super().delete(*args, **kwargs)

    def _refuse_change_of_frozen_fields(self) -> None:
        row = type(self)._default_manager.filter(pk=self.pk).first()
        if row is None or not row.is_frozen:
            return
        changed = [name for name in self.frozen_fields if getattr(self, name) != getattr(row, name)]
        if changed:
            raise FrozenRecord(row.frozen_because)
