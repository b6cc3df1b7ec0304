"""The standing groups of people who shape services, in public: what each is for, since when, and what it has shaped."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from governance.models import ActionPage, Involvement, PeopleGroup, Standard, WorkshopGroup

ON_A_PAGE = 50
SHOWN = 50
"""How many involvements and workshops of one group are listed."""


def groups(request: HttpRequest) -> HttpResponse:
    """Every group, those that still meet first."""
    every = PeopleGroup.objects.select_related("organisation")
    counted = every.annotate(
        actions=Count("involvements__action", filter=Q(involvements__action__live=True), distinct=True),
        wrote=Count("standards", filter=Q(standards__published=True), distinct=True),
    )
    pages = Paginator(counted.order_by("ended_on", "-has_lived_experience", "name"), ON_A_PAGE)
    return render(request, "governance/groups.html", {"page_of_groups": pages.get_page(request.GET.get("page"))})


def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its remit, the actions and workshops it took part in, and the standards it wrote."""
    found = get_object_or_404(PeopleGroup.objects.select_related("organisation"), pk=pk)
    parts = (
        Involvement.objects.filter(group=found, action__live=True)
        .select_related("action")
        .order_by("-action__last_news_on", "pk")
    )
    places = WorkshopGroup.objects.filter(group=found, workshop__live=True).select_related("workshop")
    standards = Standard.objects.public().filter(groups=found).select_related("organisation", "service", "action", "replaces")
    context = {
        "group": found,
        "involvements": parts[:SHOWN],
        "places": places.order_by("-workshop__starts_at")[:SHOWN],
        "standards": standards,
    }
    return render(request, "governance/group.html", context)


def standard(request: HttpRequest, pk: int) -> HttpResponse:
    """One standard in one version, and who wrote it."""
    found = get_object_or_404(
        Standard.objects.public().select_related("organisation", "service", "service__organisation", "replaces"), pk=pk
    )
    action = ActionPage.objects.live().filter(pk=found.action_id).first() if found.action_id else None
    later = Standard.objects.public().filter(replaces=found).first()
    earlier = Standard.objects.public().filter(pk=found.replaces_id).first() if found.replaces_id else None
    context = {"standard": found, "groups": found.groups.all(), "action": action, "later": later, "earlier": earlier}
    return render(request, "governance/standard.html", context)
