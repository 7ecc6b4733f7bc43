"""Providers (Leistungs-Anbieter) as the graph shows them: public organisations."""

from models import provider as models
from schema.district import Activity, Municipality, activity, codes
from schema.node import Node
from schema.plan.entity import entity
from schema.plan.field import column, computed, relation


@entity(models.Provider, "An organisation that employs assistants and answers orders.")
class Provider(Node):
    """Public organisations: open to everybody who has the id."""

    activity_codes = codes("activities")

    name: str = column("Its name.")
    introduction: str = column("How it introduces itself.")
    email: str = column("Where to write.")
    phone: str = column("Where to call.")
    activities: list[Activity] = computed(activity, "What it offers.", each="activity_codes")
    municipalities: list[Municipality] = relation(
        "Where it serves.", link="areas", through="municipality", order=("name", "id")
    )
