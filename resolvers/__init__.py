"""Root fields, thin: parse, call a service or a query, turn the result into a type."""
