"""The reads that are measured: documents over the public schema, one per kind of viewer."""

from collections.abc import Mapping
from types import MappingProxyType

ORDER = """
query SeekersOrder($id: ID!) {
  order(id: $id) {
    id version state kind description durationMinutes needsDriving startsAt startDate interval count
    maxDistanceKm createdAt releasedAt
    windows { weekday start end }
    activities { code label }
    municipality { id name postcodes }
    seeker { id firstName lastName email phone introduction actingFor }
    matches(first: 5) {
      nodes {
        id version state kind createdAt decidedAt
        assistant { id firstName lastName phone employment languages hasCar }
        provider { id name phone }
      }
    }
  }
}
"""
PAGE = """
query StaffsPage($after: String) {
  orders(first: 20, after: $after) {
    nodes {
      id state kind description durationMinutes createdAt
      seeker { id firstName lastName phone }
      activities { code label }
      matches(first: 5) {
        nodes {
          id state createdAt
          assistant { id firstName lastName activities { code label } }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
LONG = """
query SeekersMatches($id: ID!) {
  order(id: $id) {
    id state version
    matches(first: 50) {
      nodes {
        id version state kind createdAt decidedAt
        assistant {
          id firstName lastName phone introduction employment languages hasCar
          municipality { id name }
          activities { code label }
        }
        provider { id name introduction phone activities { code label } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
ENTITIES = """
query GatewaysEntities($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Order {
      id orderState: state description createdAt municipality { id name }
      activities { code label }
    }
    ... on Match { id matchState: state kind decidedAt }
    ... on Assistant { id firstName lastName employment activities { code label } }
    ... on Provider { id name email phone }
  }
}
"""
SUGGESTED = """
query CoordinatorsOrders($after: String) {
  suggestedOrders(first: 20, after: $after) {
    nodes {
      id version state kind description durationMinutes startsAt startDate interval count createdAt
      activities { code label }
      municipality { id name }
      seeker { id firstName lastName phone street }
      myMatch { id version state createdAt decidedAt }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "order": ORDER,
        "page": PAGE,
        "long": LONG,
        "entities": ENTITIES,
        "suggested": SUGGESTED,
    }
)
"""The documents by the short names of the reads."""

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "order": "one order with its parts (seeker)",
        "page": "page of 20 orders, 5 matches each (staff)",
        "long": "one order with 50 matches (seeker)",
        "entities": "_entities with 100 ids (gateway)",
        "suggested": "20 suggested orders (coordinator)",
    }
)
"""What each read is, for people."""
