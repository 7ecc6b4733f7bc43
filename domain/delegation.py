"""Acting for somebody else: who may, and how many at most."""

from domain.viewer import Role

# Assistants, coordinators and staff decide about seekers from the other side of the table.
DELEGATES = frozenset({Role.REPRESENTATIVE, Role.SEEKER})
PRINCIPAL = Role.SEEKER
MOST = 5  # open delegations per account
