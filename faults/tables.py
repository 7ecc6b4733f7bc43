"""What the suite adds to the database: traces of its jobs, and a note of every job that goes."""

import asyncpg

from models.database import parse_url
from portal.embedded import Embedded
from tests.workers.handlers import TABLES

GONE = """
CREATE TABLE faults_gone (id uuid NOT NULL, state smallint NOT NULL, at timestamptz DEFAULT now());
CREATE FUNCTION faults_note_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO faults_gone (id, state) VALUES (OLD.id, OLD.state); RETURN OLD; END $$;
CREATE TRIGGER faults_note_gone AFTER DELETE ON outbox
  FOR EACH ROW EXECUTE FUNCTION faults_note_gone();
"""


async def prepare(embedded: Embedded) -> None:
    """Make the tables, as the owner; let no commit be answered before it is in the log.

    The server does not wait for the disk, since only processes die here and never the machine.
    What was acknowledged must outlive them all the same.
    """
    role = parse_url(embedded.database_url).user
    admin = await asyncpg.connect(**parse_url(embedded.admin_url).arguments())
    try:
        await admin.execute(f'ALTER ROLE "{role}" SET synchronous_commit = on')
    finally:
        await admin.close()
    owner = await asyncpg.connect(**parse_url(embedded.database_owner_url).arguments())
    try:
        await owner.execute(TABLES + GONE)
        names = "test_promises, test_effects, test_starts, faults_gone"
        await owner.execute(f'GRANT SELECT, INSERT ON {names} TO "{role}"')
    finally:
        await owner.close()
