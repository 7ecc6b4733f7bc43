"""Where something can be printed: addresses on the portal, for whoever may see it."""

import strawberry

from notifications.language import Language
from schema.disclosed import disclosed

FORMS = {"html": "HTML", "pdf": "PDF"}


@disclosed
@strawberry.type(
    description="Something to print; ask for it with the same session or token. Whoever acts for"
    " somebody sends `Acting-For` here too, or adds `&actingFor=` to the address, as a link carries"
    " no header."
)
class Printout:
    """Made when it is asked for, in the language in which this was read."""

    form: str = strawberry.field(description='"HTML", "PDF" (tagged, PDF/UA), for some "CSV" too.')
    address: str = strawberry.field(description="A path on the portal.")


def printout_of(path: str, form: str, label: str, language: Language) -> Printout:
    """One form of what stands at a path, in a language."""
    return Printout(form=label, address=f"/printouts/{path}.{form}?lang={language.value}")


def printouts_of(kind: str, key: str, language: Language) -> list[Printout]:
    """Both forms of a row of this kind, by its key."""
    path = f"{kind}/{key.replace('-', '')}"
    return [printout_of(path, form, label, language) for form, label in FORMS.items()]
