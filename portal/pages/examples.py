"""The example operations of `examples/`, cut into one entry per named operation."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import OperationDefinitionNode, parse

FOLDER = Path(__file__).resolve().parents[2] / "examples"
ROLES = (
    "anonymous",
    "seeker",
    "representative",
    "assistant",
    "coordinator",
    "customer_service",
    "administration",
)


@dataclass(frozen=True, slots=True)
class Example:
    """One named operation with the variables to try it with.

    A variable that reads `{Operation.path.to.value}` stands for a value of an earlier answer,
    `{today}` and `{today+14}` stand for a day; who runs the example puts them in.
    """

    name: str
    query: str
    variables: Mapping[str, Any]


def of_role(role: str, folder: Path = FOLDER) -> list[Example]:
    """The role's examples in the order in which they are meant to be run."""
    source = (folder / f"{role}.graphql").read_text("utf-8")
    variables = json.loads((folder / f"{role}.json").read_text("utf-8"))
    return [Example(name, text, variables.get(name, {})) for name, text in _operations(source)]


def as_json(folder: Path = FOLDER) -> dict[str, list[dict[str, Any]]]:
    """Every role's examples under the role's name in the graph, ready for a browser."""
    return {
        role.upper(): [
            {"name": example.name, "query": example.query, "variables": example.variables}
            for example in of_role(role, folder)
        ]
        for role in ROLES
    }


def _operations(source: str) -> Iterator[tuple[str, str]]:
    """Name and text of each operation, with the comment that stands above it."""
    start = 0
    for node in parse(source).definitions:
        if not isinstance(node, OperationDefinitionNode) or not node.name or not node.loc:
            raise ValueError("examples hold named operations only, so that each can be run alone")
        yield node.name.value, source[start : node.loc.end].strip()
        start = node.loc.end
