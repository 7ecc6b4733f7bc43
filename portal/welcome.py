"""What `run` says once everything is ready: where things are and how to sign in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of a running portal are, and who can sign in to the demo."""

    portal: str
    mails: str
    personas: Sequence[Mapping[str, str]] = field(default=())

    def as_json(self) -> dict[str, object]:
        """Return the same for a machine to read."""
        return {
            "portal": f"{self.portal}/",
            "graphql": f"{self.portal}/graphql",
            "ready": f"{self.portal}/health/ready",
            "mails": self.mails or None,
            "personas": [dict(persona) for persona in self.personas],
        }


def welcome(addresses: Addresses) -> Iterator[str]:
    """Return the lines for a person."""
    yield ""
    yield "The Assistenz-Portal is ready."
    yield ""
    yield f"  Portal    {addresses.portal}/"
    yield f"  GraphQL   {addresses.portal}/graphql"
    yield f"  Health    {addresses.portal}/health/ready"
    if addresses.mails:
        yield f"  Mails     {addresses.mails}"
    if addresses.personas:
        yield ""
        yield "Sign in with one of these e-mail addresses and its password:"
        yield ""
        yield from table(addresses.personas)
        yield ""
        yield "Codes change every half minute. The portal's page fills them in by itself, and"
        yield "'python -m portal codes' shows the present ones."
    yield ""
    yield "Ctrl-C stops everything."


def table(personas: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Return a line per person; somebody without a code signs in without one."""
    columns = ("role", "name", "email", "password", "code")
    widths = [max(len(persona[column]) for persona in personas) for column in columns]
    for persona in personas:
        cells = zip(columns, widths, strict=True)
        yield "  " + "  ".join(persona[column].ljust(width) for column, width in cells).rstrip()
