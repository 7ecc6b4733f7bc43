"""Tables, constraints and named queries."""

MODULES = (
    "models.district",
    "models.event",
    "models.history",
    "models.idempotency",
    "models.mail_link",
    "models.match",
    "models.message",
    "models.order",
    "models.outbox",
    "models.provider",
    "models.session",
    "models.user",
)
