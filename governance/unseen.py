"""Which tables of Django, of Wagtail and of governance change nothing that the public sees, and why."""

from governance.generations import leave_out, leave_out_columns


def register() -> None:
    """Leave them out of what raises the public generation. Called once, when the app is ready."""
    leave_out(
        "Who may log in, and that they did.",
        *("account_emailaddress", "account_emailconfirmation", "mfa_authenticator"),
        *("socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken"),
        *("axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog"),
        *("auth_group", "auth_group_permissions", "auth_permission", "django_session", "wagtailcore_apitoken"),
        *("governance_user_groups", "governance_user_user_permissions", "wagtailusers_userprofile"),
        *("wagtailcore_groupcollectionpermission", "wagtailcore_grouppagepermission", "wagtailcore_groupsitepermission"),
    )
    leave_out_columns("governance_user", "When somebody logged in.", "last_login", "password")
    leave_out("Work that waits for the worker; what it does raises the number itself.", "django_tasks_database_dbtaskresult")
    leave_out(
        "The public reads pages, not their versions, and nothing of how editors work on them.",
        *("wagtailcore_revision", "wagtailcore_comment", "wagtailcore_commentreply", "wagtailcore_pagesubscription"),
        *("wagtailadmin_admin", "wagtailadmin_editingsession", "wagtailadmin_formstate", "wagtailcore_uploadedfile"),
        *("wagtailcore_task", "wagtailcore_taskstate", "wagtailcore_groupapprovaltask", "wagtailcore_groupapprovaltask_groups"),
        *("wagtailcore_workflow", "wagtailcore_workflowcontenttype", "wagtailcore_workflowpage", "wagtailcore_workflowstate"),
        *("wagtailcore_workflowtask", "wagtailcore_modellogentry", "wagtailcore_pagelogentry", "governance_approvalrequest"),
    )
    leave_out_columns(
        "wagtailcore_page",
        "What a page says of its draft, and who is at work on it.",
        *("latest_revision_id", "latest_revision_created_at", "has_unpublished_changes", "draft_title"),
        *("locked", "locked_at", "locked_by_id"),
    )
    leave_out(
        "Made from what raises the number itself: sizes of pictures, links between records, the index of the search.",
        *("governance_contentrendition", "wagtailimages_rendition", "wagtailcore_referenceindex", "wagtailsearch_indexentry"),
        *("wagtailsearch_indexentry_fts", "wagtailembeds_embed", "django_content_type"),
    )
    leave_out(
        "How the installation works, what was sent to whom, how partners reach their forms, and what was asked of removals.",
        *("governance_workerpulse", "governance_counter", "governance_recentsender", "governance_delivery"),
        *("governance_fileonrecord", "governance_fixityround", "governance_partnerlink"),
        *("governance_removal", "governance_personrequest", "governance_backup"),
    )
