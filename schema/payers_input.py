"""What people say to learn who may pay; nothing of it is stored or logged."""

import strawberry

from domain.financing.asked import CareInsurance, Cause, Housing, ModelWish, Purpose
from domain.financing.payer_conditions import Situation


@strawberry.input(description="Answers of the introductory talk; what was not said is null.")
class PayersInput:
    """No name, no date of birth, nothing that says who it is."""

    cause: Cause | None = strawberry.field(default=None, description="What it comes from.")
    care_grade: int | None = strawberry.field(
        default=None, description="The Pflegegrad, 0 for none."
    )
    disability: bool | None = strawberry.field(
        default=None, description="There is a substantial disability (§ 99 SGB IX)."
    )
    severe_disability: bool | None = strawberry.field(
        default=None, description="A severe disability is recognised."
    )
    pension_age: bool | None = strawberry.field(default=None, description="It is reached.")
    assistance_before: bool | None = strawberry.field(
        default=None, description="Eingliederungshilfe was received before pension age."
    )
    purposes: list[Purpose] | None = strawberry.field(
        default=None, description="What the assistance is for; none is as if it was not said."
    )
    insurance: CareInsurance | None = strawberry.field(
        default=None, description="Where one is insured for care."
    )
    beihilfe: bool | None = strawberry.field(default=None, description="Entitled to Beihilfe.")
    housing: Housing | None = strawberry.field(default=None, description="Where one lives.")
    subsistence: bool | None = strawberry.field(
        default=None, description="Grundsicherung or Bürgergeld is received."
    )
    wish: ModelWish | None = strawberry.field(default=None, description="To employ, or a service.")
    pending: bool | None = strawberry.field(
        default=None, description="An application waits for its decision."
    )

    def said(self) -> Situation:
        """As the domain knows it."""
        return Situation(
            cause=self.cause,
            care_grade=self.care_grade,
            disability=self.disability,
            severe_disability=self.severe_disability,
            pension_age=self.pension_age,
            assistance_before=self.assistance_before,
            purposes=None if self.purposes is None else frozenset(self.purposes),
            insurance=self.insurance,
            beihilfe=self.beihilfe,
            housing=self.housing,
            subsistence=self.subsistence,
            wish=self.wish,
            pending=self.pending,
        )
