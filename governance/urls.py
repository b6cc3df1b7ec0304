"""Public addresses of governance that are no pages: lists of what is kept in registers, the form for having a say, and how the installation stands."""

from django.urls import path

from governance import commitments_list, glossary, having_a_say, health_views, services_list, standing_groups

urlpatterns = [
    path("healthz", health_views.alive, name="healthz"),
    path("readyz", health_views.ready, name="readyz"),
    path("metrics", health_views.metrics, name="metrics"),
    path("have-a-say/<slug:slug>/", having_a_say.say, name="say"),
    path("have-a-say/<slug:slug>/thanks/", having_a_say.said, name="said"),
    path("services/", services_list.services, name="services"),
    path("commitments/", commitments_list.commitments, name="commitments"),
    path("groups/", standing_groups.groups, name="groups"),
    path("groups/<int:pk>/", standing_groups.group, name="group"),
    path("standards/<int:pk>/", standing_groups.standard, name="standard"),
    path("words/", glossary.words, name="words"),
]
