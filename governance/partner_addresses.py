"""Where the admin's pages for partners are, and their item in the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from governance import partner_views as views
from governance.offer_views import AgreeView, ReturnOfferView
from governance.partner_desk import has_desk, number_waiting


def partner_addresses() -> list[URLPattern]:
    """The addresses, below that of the admin."""
    return [
        path("actions/<int:pk>/ask-for-news/", views.AskForNewsView.as_view(), name="ask_for_news"),
        path("actions/<int:pk>/ask-partners/", views.AskPartnersView.as_view(), name="ask_partners"),
        path("partners/requests/<int:pk>/", views.request_to_partner, name="partner_request"),
        path("partners/requests/<int:pk>/link/", views.SendLinkView.as_view(), name="send_partner_link"),
        path("partners/links/<int:pk>/call-back/", views.RevokeLinkView.as_view(), name="revoke_partner_link"),
        path("records/<int:pk>/agree/", AgreeView.as_view(), name="agree_to_words"),
        path("records/<int:pk>/return/", ReturnOfferView.as_view(), name="return_offer"),
        path("partners/answers/", views.answers_from_partners, name="partner_answers"),
        path("partners/answers/<int:pk>/", views.answer_of_partner, name="partner_answer"),
        path("partners/answers/<int:pk>/approve/", views.ApproveView.as_view(), name="approve_answer"),
        path("partners/answers/<int:pk>/return/", views.ReturnView.as_view(), name="return_answer"),
        path("partners/answers/<int:pk>/suggest/", views.SuggestView.as_view(), name="suggest_words"),
    ]


class AnswersMenuItem(MenuItem):
    """Answers from partners, with how many wait for the person."""

    def __init__(self) -> None:
        label = _lazy("Answers")
        super().__init__(label, reverse_lazy("partner_answers"), name="partner-answers", icon_name="mail", order=215)

    def is_shown(self, request: HttpRequest) -> bool:
        """For those who decide on them."""
        return has_desk(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """The item with the number."""
        number = number_waiting(request.user)
        label = _("Answers (%(number)s)") % {"number": number} if number else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)
