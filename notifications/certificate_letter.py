"""The letter that asks somebody for a certificate of conduct (§ 30a Abs. 2 BZRG).

German in every language of the portal: it is for the registration office.
"""

from datetime import date

from notifications.language import Language
from notifications.moment import day_in_words

_LETTER = """\
{body}

{day}

Aufforderung zur Vorlage eines erweiterten Führungszeugnisses
nach § 30a Absatz 2 Bundeszentralregistergesetz (BZRG)

Name: {name}
Geboren am: ____________________
Anschrift: ______________________________________

Die oben genannte Person {work} Menschen mit Behinderungen bei der persönlichen Assistenz.

Wir bestätigen, dass die Voraussetzungen des § 30a Absatz 1 BZRG für die Erteilung eines
erweiterten Führungszeugnisses vorliegen, und fordern die Person auf, es zu beantragen und uns
vorzulegen. Das Führungszeugnis wird nur eingesehen und nicht aufbewahrt.
{fee}
____________________________________________
Unterschrift, Stempel
"""
_FREE = """
Die Tätigkeit wird ehrenamtlich ausgeübt. Wir bitten, keine Gebühr zu erheben.
"""


def certificate_request(body: str, name: str, day: date, *, volunteer: bool) -> str:
    """The letter's text: `body` is who asks, `name` who shall show the certificate."""
    return _LETTER.format(
        body=body,
        name=name,
        day=day_in_words(day, Language.DE),
        work="unterstützt ehrenamtlich" if volunteer else "unterstützt beruflich",
        fee=_FREE if volunteer else "",
    )
