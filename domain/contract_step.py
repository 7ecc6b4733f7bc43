"""What comes next with a contract, as one of its sides sees it."""

from dataclasses import dataclass
from datetime import date

from domain.appointment_state import AppointmentState
from domain.contract import ContractSide
from domain.contract_state import ContractState
from domain.viewer import Role

# A date that waits for a side.
_MINE = {
    ContractSide.SEEKER: AppointmentState.PROPOSED,
    ContractSide.ACCEPTOR: AppointmentState.CLIENT_AGREED,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an open contract has come.

    `said` are the sides that have agreed to its present terms, `until` its last day once an end
    was said, `proposed` the sides whose plans wait for the other one, `dates` the states of the
    dates ahead; `planned`: a plan holds.
    """

    state: ContractState
    by_provider: bool
    said: frozenset[ContractSide] = frozenset()
    until: date | None = None
    proposed: frozenset[ContractSide] = frozenset()
    planned: bool = False
    dates: frozenset[AppointmentState] = frozenset()

    def side(self, role: Role) -> ContractSide | None:
        """For which side a role decides; None for whoever only comes, and for staff."""
        if role is Role.SEEKER:
            return ContractSide.SEEKER
        decides = Role.COORDINATOR if self.by_provider else Role.ASSISTANT
        return ContractSide.ACCEPTOR if role is decides else None

    def step(self, role: Role) -> str:
        """The code of what comes next: what waits for the reader stands before all else."""
        side = self.side(role)
        if self.state is ContractState.DRAFT:
            return "SAID" if side in self.said else "DRAFT"
        if self.state is not ContractState.AGREED:
            return self.state.value
        unfixed = self.dates & set(_MINE.values())
        if side and (self.proposed - {side} or _MINE[side] in unfixed):
            return "ANSWER"
        if self.until is not None:
            return "ENDS"
        if self.proposed or unfixed:
            return "OTHERS_ANSWER"
        return "PLANNED" if self.planned or self.dates else "AGREED"
