"""Words in the tables that Django, Wagtail and other packages bring: log-ins, second factors, accounts elsewhere, tags, work that failed."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils import timezone

from wagtail.users.models import UserProfile

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django_tasks_db.models import DBTaskResult
from taggit.models import Tag

FROM = "192.0.2.7"


def plant_brought(planted: Any) -> None:
    """Write a word into each field of theirs that somebody may not read."""
    somebody, now = planted.rows["governance.User"][0], timezone.now()
    address = planted.row(EmailAddress, user=somebody)
    planted.row(EmailConfirmation, email_address=address, sent=now)
    planted.row(Authenticator, user=somebody, type="recovery_codes")
    elsewhere = {"provider": "openid_connect", "provider_id": "elsewhere", "settings": {"server_url": "https://id.example.org"}}
    app = planted.row(SocialApp, name="Elsewhere", client_id="elsewhere", **elsewhere)
    account = planted.row(SocialAccount, user=somebody, provider="elsewhere")
    planted.row(SocialToken, app=app, account=account)
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        planted.row(model, ip_address=FROM, **({"failures_since_start": 1} if model is AccessAttempt else {}))
    planted.row(Group)
    planted.row(Tag)
    planted.row(UserProfile, user=somebody)
    planted.row(Session, expire_date=now + timedelta(days=1))
    work = {"task_path": "minutes.tasks.build_pack", "args_kwargs": {"args": [1], "kwargs": {}}, "queue_name": "packs"}
    known = {"backend_name": "default", "run_after": now, "started_at": now, "finished_at": now}
    planted.row(DBTaskResult, status="FAILED", **work, **known)
