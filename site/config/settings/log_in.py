"""How people log in: passwords, second factors, single sign-on, and how long somebody stays."""

import os
from datetime import timedelta
from typing import Any

from config.starting import second_factor_rule, single_sign_on, whole_number

AUTHENTICATION_BACKENDS = ["axes.backends.AxesBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# One door for everybody: Wagtail's own two lead to it.
LOGIN_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members_area"
LOGOUT_REDIRECT_URL = "/"

# After so many wrong passwords or codes for one name from one place the door is shut to both for a while. Where somebody is, is kept as a hash.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "governance.visitors.address_for"
AXES_LOCKOUT_CALLABLE = "home.views.locked_out"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# What a failed attempt leaves in the database says neither what was typed nor from where.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "code", "credential"]

# Somebody who does nothing for so long is logged out; nobody stays longer than a working day.
SESSION_IDLE_MINUTES = whole_number("SESSION_IDLE_MINUTES", os.environ.get("SESSION_IDLE_MINUTES", ""), 120)
SESSION_COOKIE_AGE = 12 * 60 * 60

# For what a second factor is needed, and how long one that was given holds for parts not for publication (0: as long as the session).
SECOND_FACTOR = second_factor_rule(os.environ.get("SECOND_FACTOR") or "off")
SECOND_FACTOR_MINUTES = whole_number("SECOND_FACTOR_MINUTES", os.environ.get("SECOND_FACTOR_MINUTES", ""), 0)

ACCOUNT_ADAPTER = "home.log_in_adapter.LogInAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# The log-in is shown to who is logged in as well: Wagtail leads there whoever may not enter the admin.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_SESSION_REMEMBER = True
# django-axes counts in the database, where every process sees it; these would count in the cache of one.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
MFA_ADAPTER = "home.log_in_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
# One step of half a minute either way, for telephones whose clock is not quite right (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "home.log_in_forms.CodeForm",
    "reauthenticate": "home.log_in_forms.CodeAgainForm",
    "add_webauthn": "home.log_in_forms.NewPasskeyForm",
    "authenticate_webauthn": "home.log_in_forms.PasskeyForm",
    "reauthenticate_webauthn": "home.log_in_forms.PasskeyAgainForm",
}

SOCIALACCOUNT_ADAPTER = "home.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
# The button is a link: as a form it would be stopped by our content policy once the server sends the person on.
SOCIALACCOUNT_LOGIN_ON_GET = True
SINGLE_SIGN_ON = single_sign_on(
    server=os.environ.get("OIDC_SERVER", ""),
    client=os.environ.get("OIDC_CLIENT_ID", ""),
    secret=os.environ.get("OIDC_CLIENT_SECRET", ""),
    name=os.environ.get("OIDC_NAME", ""),
    domains=os.environ.get("OIDC_EMAIL_DOMAINS", ""),
    vouches=os.environ.get("OIDC_VOUCHES_FOR_ADDRESSES", ""),
    second_factor=os.environ.get("OIDC_ASKS_SECOND_FACTOR", ""),
)
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [SINGLE_SIGN_ON.as_app()] if SINGLE_SIGN_ON else []}
}
