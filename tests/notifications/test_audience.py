"""What people can choose about, one by one: each kind of news has receivers and a headline."""

from itertools import product

import pytest

from domain.notification import NotificationTopic
from domain.viewer import Role
from notifications.audience import RECEIVERS, kinds_for
from notifications.language import Language
from notifications.message import MailKind
from notifications.notice import title


def test_every_kind_but_the_mail_of_the_day_has_receivers() -> None:
    assert set(MailKind) - set(RECEIVERS) == {MailKind.DAILY_DIGEST}


@pytest.mark.parametrize(("role", "topic"), [*product(Role, NotificationTopic)])
def test_headlines_tell_the_kinds_of_a_topic_apart(role: Role, topic: NotificationTopic) -> None:
    for language in Language:
        titles = [title(kind.name, language) for kind in kinds_for(role, topic)]
        assert len(set(titles)) == len(titles)


def test_nobody_chooses_about_what_is_told_to_others() -> None:
    def names(role: Role) -> set[str]:
        return {kind.name for topic in NotificationTopic for kind in kinds_for(role, topic)}

    assert "ORDER_ACCEPTED" in names(Role.SEEKER) - names(Role.ASSISTANT)
    assert "INQUIRY_RECEIVED" in names(Role.COORDINATOR) - names(Role.SEEKER)
    assert "PASSWORD_CHANGED" in names(Role.CUSTOMER_SERVICE)
    assert not {"NEW_MESSAGE", "MEETING_MOVED"} & names(Role.REPRESENTATIVE)
