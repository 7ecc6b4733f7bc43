"""The root field of the figures of the law."""

from datetime import date
from typing import Annotated

import strawberry

from domain.financing.book import LAW
from domain.financing.parameter import LegalTopic
from schema.context import Info
from schema.legal_parameter import LegalParameters, parameters_of

Day = Annotated[date, strawberry.argument(description="The day whose law is asked for.")]
Topic = Annotated[
    LegalTopic | None, strawberry.argument(description="What they are about; null: everything.")
]


@strawberry.type
class LegalParameterQueries:
    """The law as data."""

    @strawberry.field(
        description="The figures of the law that hold on a day, with paragraph and source; a series"
        " that holds nothing on it is named without a value."
    )
    async def legal_parameters(
        self, info: Info, as_of: Day, topic: Topic = None
    ) -> LegalParameters:
        """For everybody."""
        return parameters_of(LAW, as_of, topic, info.context.language)
