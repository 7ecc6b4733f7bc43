import dataclasses

import pytest

from portal.failure import SettingError
from portal.settings import Settings

NEEDED = {
    "DATABASE_URL": "postgres://portal_app:hidden-word@127.0.0.1:5432/portal",
    "REDIS_URL": "redis://:hidden-word@127.0.0.1:6379/0",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
}


def test_what_is_not_set_has_a_documented_default() -> None:
    settings = Settings.from_environ(NEEDED)
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.allowed_origins == ("http://127.0.0.1:8000",)
    assert settings.smtp_url == "smtp://127.0.0.1:1025"
    assert settings.district_key == "03155"
    assert settings.pool_size == 10
    assert settings.demo is False


def test_one_role_is_enough_for_a_server_of_ones_own() -> None:
    assert Settings.from_environ(NEEDED).database_owner_url == NEEDED["DATABASE_URL"]


def test_the_owner_of_the_tables_may_be_another_role() -> None:
    owner = "postgres://portal_owner:x@127.0.0.1/portal"
    settings = Settings.from_environ(NEEDED | {"DATABASE_OWNER_URL": owner})
    assert settings.database_owner_url == owner
    assert settings.database_url == NEEDED["DATABASE_URL"]


def test_the_public_address_follows_the_port() -> None:
    assert Settings.from_environ(NEEDED | {"PORT": "8123"}).public_url == "http://127.0.0.1:8123"


def test_sockets_are_good_addresses() -> None:
    database, redis = "postgres://a:b@/portal?host=%2Frun", "unix://:x@/run/redis.sock?db=0"
    settings = Settings.from_environ(NEEDED | {"DATABASE_URL": database, "REDIS_URL": redis})
    assert (settings.database_url, settings.redis_url) == (database, redis)


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_a_missing_setting_is_named_with_an_example(name: str) -> None:
    given = {other: value for other, value in NEEDED.items() if other != name}
    with pytest.raises(SettingError, match=rf"^{name} is missing, for example: {name}=\S+"):
        Settings.from_environ(given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://portal_app:x@127.0.0.1/portal"),
        ("DATABASE_URL", "postgres://portal_app:x@127.0.0.1:port/portal"),
        ("DATABASE_OWNER_URL", "portal_owner"),
        ("REDIS_URL", "http://127.0.0.1:6379"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "changeme" * 10),
        ("SMTP_URL", "127.0.0.1:1025"),
        ("MAIL_FROM", "portal"),
        ("MAIL_FROM", "portal@assistenz.example\nBcc: all@assistenz.example"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", "٨٠٠٠"),
        ("PUBLIC_URL", "assistenz.example"),
        ("PUBLIC_URL", "http://assistenz.example"),
        ("ALLOWED_ORIGINS", "https://assistenz.example/path"),
        ("ALLOWED_ORIGINS", "*"),
        ("DISTRICT_KEY", "3155"),
        ("DEMO", "yes"),
        ("POOL_SIZE", "0"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_setting_is_named_with_an_example(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=rf"^{name} .+, for example: {name}=") as caught:
        Settings.from_environ(NEEDED | {name: value})
    assert caught.value.exit_code == 2


def test_origins_are_a_list() -> None:
    given = "https://a.example, https://b.example:8443"
    settings = Settings.from_environ(NEEDED | {"ALLOWED_ORIGINS": given})
    assert settings.allowed_origins == ("https://a.example", "https://b.example:8443")


def test_an_empty_setting_is_a_missing_one() -> None:
    assert Settings.from_environ(NEEDED | {"PORT": "", "MAIL_FROM": ""}).port == 8000


def test_secrets_show_neither_in_the_representation_nor_in_a_complaint() -> None:
    settings = Settings.from_environ(NEEDED)
    assert "hidden-word" not in repr(settings)
    assert NEEDED["SECRET_KEY"] not in repr(settings)
    with pytest.raises(SettingError) as caught:
        Settings.from_environ(NEEDED | {"DATABASE_URL": "mysql://a:hidden-word@b/c"})
    assert "hidden-word" not in str(caught.value)


def test_settings_do_not_change() -> None:
    settings = Settings.from_environ(NEEDED)
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]


def test_text_messages_and_web_push_are_off_unless_they_are_set() -> None:
    settings = Settings.from_environ(NEEDED)
    assert (settings.sms_url, settings.sms_token, settings.push_contact) == ("", "", "")
    more = {
        "SMS_URL": "https://sms.example/m",
        "SMS_TOKEN": "hidden-word",
        "PUSH_CONTACT": "mailto:technik@assistenz.example",
    }
    settings = Settings.from_environ(NEEDED | more)
    assert settings.sms_url == more["SMS_URL"]
    assert "hidden-word" not in repr(settings)
    twins = Settings.from_environ(NEEDED | {"SMS_URL": "null:", "PUSH_CONTACT": "null:"})
    assert (twins.sms_url, twins.push_contact) == ("null:", "null:")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("SMS_URL", {"SMS_URL": "http://sms.example/m"}),
        ("SMS_TOKEN", {"SMS_URL": "https://sms.example/m"}),
        ("SMS_TOKEN", {"SMS_URL": "https://sms.example/m", "SMS_TOKEN": "two words"}),
        ("PUSH_CONTACT", {"PUSH_CONTACT": "technik@assistenz.example"}),
    ],
)
def test_a_wrong_way_is_named_with_an_example(name: str, given: dict[str, str]) -> None:
    with pytest.raises(SettingError, match=rf"^{name} .*for example: {name}="):
        Settings.from_environ(NEEDED | given)
