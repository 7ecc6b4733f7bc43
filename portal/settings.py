"""The settings: read once from the environment, checked at once, handed on as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from portal.failure import SettingError

_EXAMPLE_DATABASE = "postgres://portal_app:password@127.0.0.1:5432/portal"
_EXAMPLE_REDIS = "redis://:password@127.0.0.1:6379/0"
_HOW_TO_MAKE_ONE = '"$(openssl rand -hex 32)"'
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_SECRET_LENGTH = 32
_SECRET_VARIETY = 10
_LAST_PORT = 65_535
_KEY_DIGITS = 5
_MOST_CONNECTIONS = 100
NULL_TWIN = "null:"  # a way that takes everything and hands on nothing, for trials


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a process of the portal has to know; what is secret stays out of `repr`."""

    database_url: str = field(repr=False)
    database_owner_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    smtp_url: str = field(repr=False)
    mail_from: str
    sms_url: str
    sms_token: str = field(repr=False)
    push_contact: str
    host: str
    port: int
    public_url: str
    allowed_origins: tuple[str, ...]
    district_key: str
    demo: bool
    pool_size: int
    log_level: str

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read every setting; raise SettingError for the first one that cannot be used."""
        host, port = listen_address(environ)
        public_url = _public_url(environ, port)
        database_url = _url(environ, "DATABASE_URL", ("postgres", "postgresql"), _EXAMPLE_DATABASE)
        return cls(
            database_url=database_url,
            database_owner_url=_url(
                {"DATABASE_OWNER_URL": database_url} | dict(environ),
                "DATABASE_OWNER_URL",
                ("postgres", "postgresql"),
                _EXAMPLE_DATABASE,
            ),
            redis_url=_url(environ, "REDIS_URL", ("redis", "rediss", "unix"), _EXAMPLE_REDIS),
            secret_key=_secret(environ),
            smtp_url=_smtp_url(environ),
            mail_from=_mail_from(environ),
            sms_url=_sms_url(environ),
            sms_token=_sms_token(environ),
            push_contact=_push_contact(environ),
            host=host,
            port=port,
            public_url=public_url,
            allowed_origins=_origins(environ, public_url),
            district_key=_district_key(environ),
            demo=switch(environ, "DEMO", default=False),
            pool_size=whole_number(environ, "POOL_SIZE", 10, 1, _MOST_CONNECTIONS),
            log_level=_log_level(environ),
        )


def listen_address(environ: Mapping[str, str]) -> tuple[str, int]:
    """Where the API listens: HOST (127.0.0.1) and PORT (8000)."""
    return environ.get("HOST") or "127.0.0.1", whole_number(environ, "PORT", 8000, 1, _LAST_PORT)


def whole_number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """Read a whole number between `least` and `most`."""
    given = environ.get(name) or str(default)
    if not (given.isascii() and given.isdigit()) or not least <= int(given) <= most:
        problem = f"is {given!r} but must be a whole number from {least} to {most}"
        raise SettingError(name, problem, str(default))
    return int(given)


def switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Read a setting that is on (1) or off (0)."""
    given = environ.get(name) or str(int(default))
    if given not in ("0", "1"):
        raise SettingError(name, f"is {given!r} but must be 0 or 1", "1")
    return given == "1"


def _url(environ: Mapping[str, str], name: str, schemes: tuple[str, ...], example: str) -> str:
    given = environ.get(name, "")
    if not given:
        raise SettingError(name, "is missing", example)
    # The value itself stays out of the message: it holds a password.
    if not _is_url(given, schemes):
        problem = f"is not an address that begins with {schemes[0]}://"
        raise SettingError(name, problem, example)
    return given


def _is_url(given: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and port != 0 and "://" in given


def _secret(environ: Mapping[str, str]) -> str:
    given = environ.get("SECRET_KEY", "")
    if not given:
        raise SettingError("SECRET_KEY", "is missing", _HOW_TO_MAKE_ONE)
    if len(given) < _SECRET_LENGTH or len(set(given)) < _SECRET_VARIETY:
        problem = f"must be at least {_SECRET_LENGTH} random characters"
        raise SettingError("SECRET_KEY", problem, _HOW_TO_MAKE_ONE)
    return given


def _smtp_url(environ: Mapping[str, str]) -> str:
    example = "smtp://127.0.0.1:1025"
    return _url(
        {"SMTP_URL": example} | dict(environ),
        "SMTP_URL",
        ("smtp", "smtp+starttls", "smtps"),
        example,
    )


def _mail_from(environ: Mapping[str, str]) -> str:
    example = "portal@assistenz.example"
    given = environ.get("MAIL_FROM") or example
    local, at, domain = given.rpartition("@")
    if not (local and at and "." in domain) or any(sign.isspace() for sign in given):
        raise SettingError("MAIL_FROM", f"is {given!r} but must be one mail address", example)
    return given


def _sms_url(environ: Mapping[str, str]) -> str:
    given = environ.get("SMS_URL", "")
    if given in ("", NULL_TWIN):
        return given
    if not _is_url(given, ("https",)) or not urlsplit(given).hostname:
        problem = f"is not an address that begins with https://, nor {NULL_TWIN}"
        raise SettingError("SMS_URL", problem, "https://sms.example/messages")
    return given


def _sms_token(environ: Mapping[str, str]) -> str:
    given = environ.get("SMS_TOKEN", "")
    if environ.get("SMS_URL", "") not in ("", NULL_TWIN) and not given:
        raise SettingError("SMS_TOKEN", "is missing, and SMS_URL is set", "what-the-gateway-gave")
    if not (given.isascii() and given.isprintable()) or " " in given:
        raise SettingError("SMS_TOKEN", "must be one word of ASCII", "what-the-gateway-gave")
    return given


def _push_contact(environ: Mapping[str, str]) -> str:
    given = environ.get("PUSH_CONTACT", "")
    if given in ("", NULL_TWIN):
        return given
    parts = urlsplit(given)
    is_mail = parts.scheme == "mailto" and "@" in parts.path
    if not is_mail and not (_is_url(given, ("https",)) and parts.hostname):
        problem = f"is {given!r} but must begin with mailto: or https://, or be {NULL_TWIN}"
        raise SettingError("PUSH_CONTACT", problem, "mailto:technik@assistenz.example")
    return given


def _public_url(environ: Mapping[str, str], port: int) -> str:
    given = environ.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"
    example = "https://assistenz.example"
    if not _is_url(given, ("http", "https")) or not urlsplit(given).hostname:
        raise SettingError("PUBLIC_URL", f"is {given!r} but must be a web address", example)
    if urlsplit(given).scheme == "http" and urlsplit(given).hostname not in _LOOPBACK:
        raise SettingError("PUBLIC_URL", f"is {given!r} but must begin with https://", example)
    return given.rstrip("/")


def _origins(environ: Mapping[str, str], public_url: str) -> tuple[str, ...]:
    given = [entry.strip() for entry in environ.get("ALLOWED_ORIGINS", "").split(",")]
    for entry in filter(None, given):
        parts = urlsplit(entry)
        if entry != f"{parts.scheme}://{parts.netloc}" or parts.scheme not in ("http", "https"):
            problem = f"contains {entry!r} but must list origins without a path"
            raise SettingError("ALLOWED_ORIGINS", problem, "https://assistenz.example")
    return tuple(filter(None, given)) or (_origin(public_url),)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _district_key(environ: Mapping[str, str]) -> str:
    given = environ.get("DISTRICT_KEY") or "03155"
    if len(given) != _KEY_DIGITS or not (given.isascii() and given.isdigit()):
        problem = f"is {given!r} but must be the five digits of a Kreisschlüssel"
        raise SettingError("DISTRICT_KEY", problem, "03155")
    return given


def _log_level(environ: Mapping[str, str]) -> str:
    given = (environ.get("LOG_LEVEL") or "INFO").upper()
    if given not in _LOG_LEVELS:
        problem = f"is {given!r} but must be one of {', '.join(_LOG_LEVELS)}"
        raise SettingError("LOG_LEVEL", problem, "INFO")
    return given
