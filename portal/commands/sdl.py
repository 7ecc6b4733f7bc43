"""`sdl`: the GraphQL schema as text."""

import argparse
from collections.abc import Mapping

from portal.graphql import schema


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def execute(_options: argparse.Namespace, _environ: Mapping[str, str]) -> int:
    """Print the schema, ready to be compared with the committed one."""
    print(schema.as_str())
    return 0
