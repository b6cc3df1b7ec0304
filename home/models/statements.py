"""The two pages that the law asks of the site itself: an accessibility statement and a privacy notice, as forms to fill."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from governance.models import FoundByWords
from governance.panels import TemplatePanel
from home.blocks import PurposeBlock, usual_purposes

WORDS = ["bold", "link", "ol", "ul"]


class StatementForm(WagtailAdminPageForm):
    """Begins with the title and the address that people look for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and not self.instance.title:
            self.initial.update(title=str(self.instance.usual_title), slug=self.instance.usual_slug)


class StatementPage(FoundByWords, Page):
    """A page whose parts the law names. It may be published before all are filled; those who edit it are told what is missing.

    Attributes:
        usual_title, usual_slug: what it is called and where people look for it.
        law: what asks for it.
        asked: the fields that the law asks for in any case.
    """

    usual_title: ClassVar[Any] = ""
    usual_slug: ClassVar[str] = ""
    law: ClassVar[Any] = ""
    asked: ClassVar[tuple[str, ...]] = ()
    base_form_class = StatementForm
    subpage_types: ClassVar[list[str]] = []
    max_count = 1

    class Meta:
        abstract = True

    def missing_parts(self) -> list[str]:
        """What is not filled yet, by the names of its fields in the editor."""
        return [str(self._meta.get_field(name).verbose_name) for name in self.asked if not getattr(self, name)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With what is missing, for those who can fill it and nobody else."""
        missing = self.missing_parts()
        told = missing and request.user.is_authenticated and self.permissions_for_user(request.user).can_edit()
        return {**super().get_context(request, *args, **kwargs), "missing": missing if told else []}


class Compliance(models.TextChoices):
    """How far a site meets the standard, in the words of the model statement (Decision (EU) 2018/1523, annex, as kept in UK law)."""

    FULL = "full", _("Fully compliant")
    PARTIAL = "partial", _("Partially compliant")
    NONE = "none", _("Not compliant")


class Enforcer(models.TextChoices):
    """Who enforces the accessibility regulations."""

    GREAT_BRITAIN = "ehrc", _("England, Scotland and Wales: the Equality and Human Rights Commission")
    NORTHERN_IRELAND = "ecni", _("Northern Ireland: the Equality Commission for Northern Ireland")


class AccessibilityStatementPage(StatementPage):
    """What everybody can use of this site, what they cannot yet, and whom to tell.

    Asked for by regulation 8 of the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018;
    it must be looked at again at least once a year.
    """

    organisation = models.CharField(
        _("who runs this site"), max_length=200, blank=True, help_text=_("Such as “Ashmere Council”.")
    )
    compliance = models.CharField(
        _("how far it meets WCAG 2.2 AA"),
        max_length=10,
        choices=Compliance.choices,
        blank=True,
        help_text=_("The software is tested against it; what you write and upload has to be looked at too."),
    )
    problems = RichTextField(
        _("what does not meet it"),
        blank=True,
        features=WORDS,
        help_text=_("Each with whom it stops and the criterion it fails."),
    )
    burden = RichTextField(
        _("what would be a disproportionate burden"),
        blank=True,
        features=WORDS,
        help_text=_("Only what was assessed as one (regulation 7); say when."),
    )
    out_of_scope = RichTextField(
        _("what the regulations leave out"),
        blank=True,
        features=WORDS,
        help_text=_("Such as papers published before 23 September 2018 that nothing depends on."),
    )
    contact = RichTextField(
        _("how to report a problem or ask for another format"),
        blank=True,
        features=WORDS,
        help_text=_("An e-mail address, a telephone number and a postal address."),
    )
    answer_days = models.PositiveSmallIntegerField(_("working days until you answer"), null=True, blank=True)
    enforcer = models.CharField(
        _("who enforces the regulations"), max_length=10, choices=Enforcer.choices, default=Enforcer.GREAT_BRITAIN
    )
    improving = RichTextField(_("what is being done to improve"), blank=True, features=WORDS)
    tested_how = RichTextField(
        _("how it was tested"), blank=True, features=WORDS, help_text=_("By whom, which pages, and with what.")
    )
    tested_on = models.DateField(_("last tested on"), null=True, blank=True)
    prepared_on = models.DateField(_("statement prepared on"), null=True, blank=True)
    reviewed_on = models.DateField(_("statement last reviewed on"), null=True, blank=True, help_text=_("At least once a year."))

    usual_title = _("Accessibility statement")
    usual_slug = "accessibility"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    law = _("The accessibility regulations of 2018 (regulation 8) ask for these parts.")
    asked = ("organisation", "compliance", "contact", "answer_days", "tested_how", "tested_on", "prepared_on")
    content_panels = [
        TemplatePanel("home/admin/missing_parts.html"),
        *Page.content_panels,
        FieldPanel("organisation"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("compliance", "problems", "burden", "out_of_scope", "improving")],
            heading=_("How accessible it is"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact"), FieldPanel("answer_days"), FieldPanel("enforcer")], heading=_("If something does not work")
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("tested_how", "tested_on", "prepared_on", "reviewed_on")],
            heading=_("How this statement came about"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("problems"), index.SearchField("contact")]
    template = "home/accessibility_statement.html"

    class Meta:
        verbose_name = _("accessibility statement")

    def missing_parts(self) -> list[str]:
        """What is not filled yet; what does not meet the standard where something does not."""
        problems = self.compliance in {Compliance.PARTIAL, Compliance.NONE} and not self.problems
        own = [str(self._meta.get_field("problems").verbose_name)] if problems else []
        return [*super().missing_parts(), *own]


class PrivacyNoticePage(StatementPage):
    """What this site keeps about people, why, and for how long.

    Asked for by articles 13 and 14 of the UK GDPR. What the software keeps in any case stands there from the start; the legal basis
    of each is for the council to say.
    """

    controller = models.CharField(_("who is responsible"), max_length=200, blank=True, help_text=_("The controller, by name."))
    controller_contact = RichTextField(_("how to reach them"), blank=True, features=WORDS)
    officer = RichTextField(
        _("how to reach the data protection officer"),
        blank=True,
        features=WORDS,
        help_text=_("Every public authority has one."),
    )
    purposes = StreamField(
        [("purpose", PurposeBlock())],
        blank=True,
        default=usual_purposes,
        verbose_name=_("what is kept, and why"),
    )
    recipients = RichTextField(
        _("who else gets it"), blank=True, features=WORDS, help_text=_("Such as whoever runs your servers and your mail.")
    )
    abroad = RichTextField(
        _("whether it leaves the United Kingdom"),
        blank=True,
        features=WORDS,
        help_text=_("Where to, and under which safeguard."),
    )
    further = RichTextField(_("anything else"), blank=True, features=WORDS)
    reviewed_on = models.DateField(_("notice last reviewed on"), null=True, blank=True)

    usual_title = _("Privacy notice")
    usual_slug = "privacy"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    law = _("The UK GDPR (articles 13 and 14) asks for these parts.")
    asked = ("controller", "controller_contact", "officer", "purposes", "recipients", "abroad", "reviewed_on")
    content_panels = [
        TemplatePanel("home/admin/missing_parts.html"),
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("controller"), FieldPanel("controller_contact"), FieldPanel("officer")], heading=_("Who is responsible")
        ),
        FieldPanel("purposes"),
        MultiFieldPanel([FieldPanel("recipients"), FieldPanel("abroad"), FieldPanel("further")], heading=_("Where it goes")),
        FieldPanel("reviewed_on"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("purposes")]
    template = "home/privacy_notice.html"

    class Meta:
        verbose_name = _("privacy notice")

    def missing_parts(self) -> list[str]:
        """What is not filled yet, and each purpose without its legal basis or its time."""
        unsaid = [
            _now("%(purpose)s: the legal basis, and how long it is kept") % {"purpose": block.value["what_for"]}
            for block in self.purposes
            if not (block.value["basis"] and block.value["kept_for"])
        ]
        return [*super().missing_parts(), *unsaid]
