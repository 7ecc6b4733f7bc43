"""`worker`: carries out jobs."""

import argparse
import asyncio
from collections.abc import Mapping

from domain.keys import Keys
from notifications.channel import Carrier, Recording, Ring, TextMessage
from notifications.mail import MailServer, SmtpMailer
from notifications.push import WebPush
from notifications.sms import SmsGateway
from portal.logs import configure
from portal.settings import NULL_TWIN, Settings
from workers.audit import seal_with
from workers.message import Post, send_by
from workers.run import run_worker


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take nothing: everything is a setting."""


def execute(_options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Work until the process is told to end, then finish what is under way."""
    settings = Settings.from_environ(environ)
    configure(settings.log_level)
    keys = Keys(settings.secret_key.encode())
    seal_with(keys)
    send_by(
        Post(
            mailer=SmtpMailer(MailServer.from_url(settings.smtp_url)),
            sender=settings.mail_from,
            public_url=settings.public_url,
            keys=keys,
            texter=_texter(settings),
            ringer=_ringer(settings, keys),
            district=settings.district_key,
        )
    )
    asyncio.run(run_worker(settings.database_url, settings.redis_url, pool_size=settings.pool_size))
    return 0


def _texter(settings: Settings) -> Carrier[TextMessage] | None:
    if settings.sms_url == NULL_TWIN:
        return Recording()
    return SmsGateway(settings.sms_url, settings.sms_token) if settings.sms_url else None


def _ringer(settings: Settings, keys: Keys) -> Carrier[Ring] | None:
    if settings.push_contact == NULL_TWIN:
        return Recording()
    return WebPush(keys, settings.push_contact) if settings.push_contact else None
