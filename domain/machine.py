"""What a state machine is: which action leads from which state to which, and who may do it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.viewer import Role


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a machine: `action` leads from `source` to `target` for these `roles`."""

    action: str
    source: StrEnum
    target: StrEnum
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Machine:
    """A state machine over one table."""

    name: str
    table: str
    states: type[StrEnum]
    initial: frozenset[StrEnum]
    steps: tuple[Step, ...]

    @property
    def actions(self) -> tuple[str, ...]:
        """Every action once, in the order of the table."""
        return tuple(dict.fromkeys(step.action for step in self.steps))

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every legal (from, to) pair: what the database's trigger lets through."""
        return frozenset((step.source.value, step.target.value) for step in self.steps)

    def step(self, action: str, state: str) -> Step | None:
        """The row for this action in this state, or None where it is illegal."""
        return next(
            (step for step in self.steps if step.action == action and step.source == state), None
        )

    def sources(self, action: str) -> frozenset[str]:
        """The states in which the action is legal."""
        return frozenset(step.source.value for step in self.steps if step.action == action)

    def target(self, action: str) -> str:
        """Where the action leads: the same state from everywhere."""
        return next(step.target.value for step in self.steps if step.action == action)

    def roles(self, action: str) -> frozenset[Role]:
        """Everybody who may do the action in at least one state."""
        return frozenset(
            role for step in self.steps if step.action == action for role in step.roles
        )

    def allows(self, action: str, state: str, role: Role) -> bool:
        """Whether this role may do the action in this state."""
        step = self.step(action, state)
        return step is not None and role in step.roles


def steps(
    action: str, sources: Iterable[StrEnum], target: StrEnum, *roles: Role
) -> tuple[Step, ...]:
    """One row per source."""
    return tuple(Step(action, source, target, frozenset(roles)) for source in sources)
