"""Who may read each text of the tables that Django, Wagtail and other packages bring.

Every column stands here by its name. What a new release of a package adds has no verdict, and the test fails until somebody gives it one.
"""

BROUGHT = """
account.EmailAddress email=site
account.EmailConfirmation key=nobody
auth.Group name=board
auth.Permission name=code codename=code
axes.AccessAttempt user_agent=site ip_address=site username=site http_accept=site path_info=site get_data=site post_data=site
axes.AccessFailureLog user_agent=site ip_address=site username=site http_accept=site path_info=site
axes.AccessLog user_agent=site ip_address=site username=site http_accept=site path_info=site session_hash=nobody
contenttypes.ContentType app_label=code model=code
django_tasks_database.DBTaskResult args_kwargs=code task_path=code worker_ids=code queue_name=code backend_name=code return_value=code
django_tasks_database.DBTaskResult exception_class_path=code traceback=site
mfa.Authenticator data=nobody
sessions.Session session_key=nobody session_data=nobody
socialaccount.SocialAccount provider=code uid=site extra_data=site
socialaccount.SocialApp provider=code provider_id=code name=public client_id=public secret=nobody key=nobody settings=code
socialaccount.SocialToken token=nobody token_secret=nobody
taggit.Tag name=staff slug=code
wagtailadmin.EditingSession object_id=code
wagtailadmin.FormState data=site object_id=code parent_object_id=code
wagtailcore.APIToken name=code key_hash=code prefix=code
wagtailcore.Collection name=register path=code
wagtailcore.CollectionViewRestriction password=code
wagtailcore.Comment text=board contentpath=code position=code
wagtailcore.CommentReply text=board
wagtailcore.Locale language_code=code
wagtailcore.ModelLogEntry label=register data=register action=code object_id=code
wagtailcore.Page title=title draft_title=title seo_title=draft search_description=draft path=code slug=code url_path=code
wagtailcore.PageLogEntry label=title data=title action=code
wagtailcore.PageViewRestriction password=code
wagtailcore.ReferenceIndex object_id=code to_object_id=code model_path=code content_path=code
wagtailcore.Revision object_id=code object_str=code content=code
wagtailcore.Site hostname=public site_name=public
wagtailcore.Task name=code
wagtailcore.TaskState comment=code
wagtailcore.UploadedFile file=code
wagtailcore.Workflow name=code
wagtailcore.WorkflowState object_id=code
wagtaildocs.Document title=code file=code file_hash=code
wagtailembeds.Embed url=public hash=code html=public title=public author_name=public provider_name=public thumbnail_url=public
wagtailimages.Image title=code file=code description=code file_hash=code
wagtailimages.Rendition filter_spec=code file=code focal_point_key=code
wagtailsearch.IndexEntry object_id=code autocomplete=code title=code body=code title_text=code body_text=code
wagtailsearch.SQLiteFTSIndexEntry autocomplete=code title=code body=code
wagtailusers.UserProfile preferred_language=code current_time_zone=code avatar=staff dismissibles=code
"""
"""Restrictions by a password, tokens, workflows and Wagtail's own documents and pictures are not used here; the search copies what has a verdict of its own."""
OF_ONE_DATABASE = frozenset({"wagtailsearch.SQLiteFTSIndexEntry", "wagtailsearch.IndexEntry"})
"""Tables that only one kind of database has, or with other columns than the other kind."""
