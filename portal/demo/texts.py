"""How the people of the demo introduce themselves. German, as they would write it."""

from collections.abc import Collection
from random import Random

_WORK = {
    "VOLUNTEER": (
        "Ich bin im Ruhestand und möchte meine Zeit sinnvoll nutzen.",
        "Ich studiere in Göttingen und engagiere mich ehrenamtlich.",
        "Neben meinem Beruf helfe ich gern anderen Menschen.",
        "Meine Kinder sind aus dem Haus, nun habe ich Zeit für andere.",
        "Ich war viele Jahre in der Verwaltung tätig und helfe heute ehrenamtlich.",
        "Im Sportverein helfe ich schon lange, jetzt auch gern hier.",
    ),
    "EMPLOYED": (
        "Ich arbeite seit einigen Jahren als Assistenz-Kraft.",
        "Nach der Elternzeit bin ich wieder in die Assistenz eingestiegen.",
        "Früher habe ich im Einzelhandel gearbeitet, seit drei Jahren bin ich in der Assistenz.",
        "Ich habe Heilerziehungspflege gelernt und arbeite in Teilzeit.",
        "Ich habe die Schulung für Alltagsbegleitung abgeschlossen.",
        "Ich komme aus der Altenpflege und mag die Arbeit mit einzelnen Menschen.",
    ),
    "SELF_EMPLOYED": (
        "Ich bin selbstständig als Alltagsbegleitung tätig.",
        "Seit fünf Jahren arbeite ich selbstständig in der Assistenz.",
        "Ich habe mich nach vielen Jahren in der Pflege selbstständig gemacht.",
    ),
}
_CHARACTER = (
    "Ich bin geduldig und höre gern zu.",
    "Mir ist wichtig, dass Sie selbst bestimmen, was wir tun.",
    "Ich bin pünktlich und zuverlässig.",
    "Man sagt, ich sei humorvoll und packe gern mit an.",
    "Ich nehme mir Zeit und mache keine Hektik.",
    "Ich bin eher ruhig und arbeite sorgfältig.",
    "Ein freundlicher Umgang miteinander ist mir wichtig.",
    "Ich lache gern und bringe gute Laune mit.",
)
_LIKES = {
    "HAU": "Kochen und Einkaufen machen mir Freude.",
    "BEG": "Ich begleite Sie gern zum Arzt, zum Amt oder beim Spaziergang.",
    "FAH": "Unterwegs kenne ich mich gut aus.",
    "FRE": "Ich gehe gern ins Kino, zu Konzerten und auf Ausflüge.",
    "SOZ": "Ich unterhalte mich gern bei einer Tasse Kaffee.",
    "KOM": "Ich lese gern vor und erkläre schwierige Texte.",
    "SCH": "Mit Anträgen und mit dem Computer kenne ich mich aus.",
    "TAG": "Ich unterstütze gern beim Planen des Tages.",
    "BET": "Ich habe Erfahrung mit Menschen, die Demenz haben.",
    "GRU": "In der Grundpflege habe ich viel Erfahrung.",
}
_SEEKER_LIFE = (
    "Ich wohne allein in {place} und möchte so selbstständig wie möglich leben.",
    "Ich lebe mit meiner Schwester in {place}.",
    "Ich wohne seit vielen Jahren in {place} und fühle mich hier wohl.",
    "Ich bin vor kurzem nach {place} gezogen und kenne noch nicht viele Leute.",
    "Mein Mann und ich leben in {place} und brauchen etwas Hilfe im Alltag.",
    "Ich wohne in einer kleinen Wohnung in {place}.",
)
_SEEKER_NEED = (
    "Ich nutze einen Rollstuhl und brauche unterwegs Unterstützung.",
    "Ich sehe nicht mehr gut und freue mich über Begleitung.",
    "Weite Wege fallen mir schwer.",
    "Allein traue ich mich nicht immer aus dem Haus.",
    "Bei Briefen und Anträgen verliere ich leicht den Überblick.",
    "Der Haushalt ist mir allein zu viel geworden.",
    "Ich höre schlecht, deshalb sprechen Sie bitte deutlich mit mir.",
    "Ich brauche manchmal etwas mehr Zeit, um etwas zu verstehen.",
)
_SEEKER_LIKES = (
    "Ich mag Musik und gehe gern in Konzerte.",
    "Ich bin Fan von einem Fußballverein und rede gern darüber.",
    "Ich spiele gern Karten und backe gern Kuchen.",
    "Am liebsten bin ich draußen im Garten.",
    "Ich habe einen kleinen Hund und gehe gern spazieren.",
    "Ich lese gern Krimis und höre Radio.",
    "Ich freue mich über nette Gespräche.",
    "Ich male gern und gehe gern ins Museum.",
)


def assistant_introduction(random: Random, employment: str, groups: Collection[str]) -> str:
    """What an assistant says about work, likings and character."""
    liked = random.choice([_LIKES[group] for group in _LIKES if group in groups])
    return f"{random.choice(_WORK[employment])} {liked} {random.choice(_CHARACTER)}"


def seeker_introduction(random: Random, place: str) -> str:
    """What a seeker says about life, needs and likings."""
    life = random.choice(_SEEKER_LIFE).format(place=place)
    return f"{life} {random.choice(_SEEKER_NEED)} {random.choice(_SEEKER_LIKES)}"
