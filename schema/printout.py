"""Where something can be printed: addresses on the portal, for whoever may see it."""

import strawberry

from schema.disclosed import disclosed

FORMS = {"html": "HTML", "pdf": "PDF"}


@disclosed
@strawberry.type(description="Something to print; ask for it with the same session or token.")
class Printout:
    """Made when it is asked for, in the language of the request or of `?lang=`."""

    form: str = strawberry.field(description='"HTML", "PDF" (tagged, PDF/UA), for some "CSV" too.')
    address: str = strawberry.field(description="A path on the portal.")


def printouts_of(kind: str, key: str) -> list[Printout]:
    """Both forms of a row of this kind, by its key."""
    address = f"/printouts/{kind}/{key.replace('-', '')}"
    return [Printout(form=label, address=f"{address}.{form}") for form, label in FORMS.items()]
