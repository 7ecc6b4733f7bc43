"""What news says inside the portal: something, and nothing that is meant for one person alone."""

import pytest

from domain.notification import NotificationTopic
from notifications.language import Language, labels
from notifications.message import MailKind
from notifications.notice import notice, title
from notifications.topic import topic_of

NEUTRAL = "There is something new for you."


@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("language", list(Language))
def test_every_kind_says_something_without_a_placeholder(
    kind: MailKind, language: Language
) -> None:
    for said in (title(kind.name, language), notice(kind.name, language)):
        assert said.strip()
        assert "{" not in said
        assert not said.endswith(":")
        assert said[0].isupper()
    if kind is not MailKind.DAILY_DIGEST:  # it collects news, and is none itself
        assert notice(kind.name, language) != labels(language)["answers.news.text"]


def test_the_text_ends_before_what_only_one_person_may_read() -> None:
    assert notice("CONFIRM_EMAIL", Language.EN) == "You registered with the Assistenz-Portal."
    assert notice("ORDER_EXPIRED", Language.EN) == (
        "One of your orders was open for a long time and has now ended."
    )
    for kind in (MailKind.CONFIRM_EMAIL, MailKind.RESET_PASSWORD, MailKind.PHONE_CODE):
        assert "http" not in notice(kind.name, Language.DE)


def test_paragraphs_stay_and_the_farewell_goes() -> None:
    said = notice("ACCOUNT_SUSPENDED", Language.EN)
    assert said.count("\n\n") == 1
    assert "regards" not in said
    assert said.endswith("we will sort it out together.")


def test_the_catalogue_may_say_it_in_other_words() -> None:
    assert notice("TALK_BOOKED", Language.EN) == labels(Language.EN)["mails.talk_booked.in_app"]


def test_a_kind_without_texts_is_news_all_the_same() -> None:
    assert title("NOBODY_KNOWS", Language.EN) == "News in the portal"
    assert notice("NOBODY_KNOWS", Language.EN) == NEUTRAL


@pytest.mark.parametrize("kind", list(MailKind))
def test_a_headline_names_nobody(kind: MailKind) -> None:
    assert "{" not in labels(Language.DE)[f"mails.{kind.value}.subject"]
    assert kind.name == kind.value.upper()


def test_topics_follow_the_first_word_that_is_known() -> None:
    assert topic_of(MailKind.PASSWORD_CHANGED) is NotificationTopic.SECURITY
    assert topic_of(MailKind.DELEGATION_ASKED) is NotificationTopic.SECURITY
    assert topic_of(MailKind.TALK_REMINDER) is NotificationTopic.DATES
    assert topic_of(MailKind.ORDER_FILLED) is NotificationTopic.MATCHES
    assert topic_of(MailKind.NEW_MESSAGE) is NotificationTopic.MESSAGES
    assert topic_of(MailKind.MEETING_MOVED) is NotificationTopic.DATES
    assert topic_of(MailKind.CONTRACT_AGREED) is NotificationTopic.CONTRACT
    assert topic_of(MailKind.TEAM_APPLICATION) is NotificationTopic.ACCOUNT
