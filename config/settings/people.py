"""People and how they sign in."""

from config.env import env
from config.settings.installation import TESTING

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "fans.people.backends.SignInBackend",
    "fans.people.backends.PermissionTableBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "fans.people.passwords.ObviousWordsValidator"})
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "frontend:today"
ACCOUNT_ADAPTER = "fans.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers, whoever typed their address
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A whole home sits behind one router: strict for each account, generous for an address
# on the network.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "request_login_code": "60/m/ip,3/m/key",
    "reset_password": "60/m/ip,3/m/key",
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "fans.people.forms.SignInForm",
    "change_password": "fans.people.forms.ChangePasswordForm",
    "set_password": "fans.people.forms.SetPasswordForm",
    "reset_password": "fans.people.forms.ResetPasswordForm",
    "reset_password_from_key": "fans.people.forms.ResetPasswordKeyForm",
    "request_login_code": "fans.people.forms.RequestLoginCodeForm",
    "confirm_login_code": "fans.people.forms.ConfirmLoginCodeForm",
    "reauthenticate": "fans.people.forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of a changed password or second step
# Who needs a second step stands in the permission table (PERSON_LEVEL). Never False where
# real people are: it is for tests of other things.
SECOND_FACTOR_REQUIRED = True
MFA_ADAPTER = "fans.people.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Care Home Friends and Neighbours"
MFA_TOTP_TOLERANCE = 1  # half a minute either way, for clocks that are off
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_FORMS = {
    "authenticate": "fans.people.forms.SecondStepForm",
    "reauthenticate": "fans.people.forms.SecondStepAgainForm",
    "activate_totp": "fans.people.forms.AddAppForm",
    "add_webauthn": "fans.people.forms.AddKeyForm",
    "edit_webauthn": "fans.people.forms.RenameKeyForm",
    "login_webauthn": "fans.people.forms.PasskeySignInForm",
    "authenticate_webauthn": "fans.people.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "fans.people.forms.PasskeyAgainForm",
}
ACCOUNT_USER_DISPLAY = "fans.people.models.display_name"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("FANS_PROXY_COUNT", 0)
# With the session, not in a cookie of their own: they may name people and places.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Named in the privacy notice: the controller, and where to write about one's data.
OPERATOR = env.str("FANS_OPERATOR", "")
OPERATOR_CONTACT = env.str("FANS_OPERATOR_CONTACT", "")
