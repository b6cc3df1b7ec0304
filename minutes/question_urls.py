"""The addresses of the steps with questions in the admin."""

from django.urls import path

from minutes import question_views

urlpatterns = [
    path("questions/<int:pk>/", question_views.question_page, name="question"),
    path("questions/<int:pk>/accept/", question_views.AcceptQuestionView.as_view(), name="accept_question"),
    path("questions/<int:pk>/decline/", question_views.DeclineQuestionView.as_view(), name="decline_question"),
    path("questions/<int:pk>/answer/", question_views.AnswerQuestionView.as_view(), name="answer_question"),
    path("questions/<int:pk>/reply/", question_views.ReplyView.as_view(), name="reply_to_question"),
    path("questions/<int:pk>/correct/", question_views.CorrectQuestionView.as_view(), name="correct_question"),
    path("questions/<int:pk>/withdraw/", question_views.WithdrawQuestionView.as_view(), name="withdraw_question"),
]
