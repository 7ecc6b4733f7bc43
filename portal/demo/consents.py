"""What the people of the demo have agreed to when they registered."""

from domain.consent import ConsentKind, needed
from domain.viewer import Role
from models.database import execute
from notifications.language import Language
from services.consent import shown, write_texts

_AGREE = """
INSERT INTO consents (id, user_id, kind, version, text_id, given_at)
SELECT portal_uuid7(), u.id, said.kind, said.version, said.digest, u.created_at
FROM users u, unnest($1::text[], $2::int[], $3::text[]) AS said (kind, version, digest)
WHERE u.role = $4
"""


async def consents() -> None:
    """One statement per role."""
    texts = [shown(kind, Language.DE) for kind in ConsentKind]
    await write_texts(texts, Language.DE)
    for role in (Role.SEEKER, Role.ASSISTANT, Role.COORDINATOR):
        found = [each for each in texts if each.kind in needed(role)]
        await execute(
            _AGREE,
            [each.kind.value for each in found],
            [each.version for each in found],
            [each.digest for each in found],
            role.value,
        )
