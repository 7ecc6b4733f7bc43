"""What a client can say and see: GraphQL types, inputs and loaders."""

from schema import enums

__all__ = ["enums"]  # registered before the first type uses one
