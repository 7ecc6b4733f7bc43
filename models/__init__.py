"""Tables, constraints and named queries."""

MODULES = (
    "models.block",
    "models.busy",
    "models.district",
    "models.event",
    "models.evidence",
    "models.history",
    "models.idempotency",
    "models.mail_link",
    "models.match",
    "models.message",
    "models.order",
    "models.outbox",
    "models.provider",
    "models.quality",
    "models.run",
    "models.second_factor",
    "models.session",
    "models.suspension",
    "models.talk",
    "models.user",
)
