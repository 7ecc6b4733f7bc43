-- Contracts: nothing is agreed without both yeses and a meeting, and nothing stands beside another.
CALL ensure_constraint('contracts', 'contracts_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('contracts', 'contracts_model_known', 'CHECK (model IN (''EMPLOYER'', ''SERVICE''))');
CALL ensure_constraint('contracts', 'contracts_side_known', 'CHECK (drafted_by IN (''SEEKER'', ''ACCEPTOR''))');
CALL ensure_constraint('contracts', 'contracts_payer_known',
  'CHECK (payer IN (''CARE_INSURANCE'', ''INTEGRATION_ASSISTANCE'', ''HELP_TO_CARE'', ''PRIVATE'', ''OTHER''))');
CALL ensure_constraint('contracts', 'contracts_of_somebody',
  'CHECK ((assistant_id IS NOT NULL OR provider_id IS NOT NULL)
     AND (model = ''SERVICE'' OR provider_id IS NULL))');
CALL ensure_constraint('contracts', 'contracts_in_order', 'CHECK (ends_on >= starts_on OR end_reason IS NOT NULL)');
CALL ensure_constraint('contracts', 'contracts_amounts',
  'CHECK (minutes BETWEEN 15 AND 44640 AND hourly_cents BETWEEN 1 AND 50000)');
CALL ensure_constraint('contracts', 'contracts_instants',
  'CHECK ((state IN (''AGREED'', ''ENDED'')) = (agreed_at IS NOT NULL)
     AND (state = ''ENDED'') = (ended_at IS NOT NULL))');
CALL ensure_constraint('contract_consents', 'contract_consents_side_known',
  'CHECK (side IN (''SEEKER'', ''ACCEPTOR''))');
CREATE UNIQUE INDEX IF NOT EXISTS contracts_one_open ON contracts (order_id) WHERE state IN ('DRAFT', 'AGREED');
CREATE INDEX IF NOT EXISTS contracts_by_match ON contracts (match_id);
CREATE INDEX IF NOT EXISTS contracts_by_seeker ON contracts (seeker_id, id);
CREATE INDEX IF NOT EXISTS contracts_by_assistant ON contracts (assistant_id, id);
CREATE INDEX IF NOT EXISTS contracts_by_provider ON contracts (provider_id, id);
CREATE OR REPLACE TRIGGER contracts_state BEFORE INSERT OR UPDATE OF state ON contracts
  FOR EACH ROW EXECUTE FUNCTION guard_state('CONTRACT');
CREATE OR REPLACE TRIGGER contract_consents_append_only BEFORE UPDATE OF side, version, at ON contract_consents
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The yeses are to the very terms that are agreed on: a change of them raises the version. The two
-- sides have met, and whoever will come was there.
CREATE OR REPLACE FUNCTION guard_contract() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wall text;
BEGIN
  IF (SELECT count(*) FROM public.contract_consents
      WHERE contract_id = NEW.id AND version = OLD.version) < 2 THEN
    wall := 'contract_needs_two_consents';
  ELSIF NOT EXISTS (SELECT 1 FROM public.orders WHERE id = NEW.order_id AND state = 'MEETING_HELD')
     OR NOT EXISTS (SELECT 1 FROM public.meetings g
                    JOIN public.meeting_people p ON p.meeting_id = g.id
                    WHERE g.match_id = NEW.match_id AND g.kind = 'INTRODUCTION' AND g.state = 'HELD'
                      AND p.side = 'ASSISTANT' AND p.user_id = NEW.assistant_id) THEN
    wall := 'contract_needs_held_meeting';
  END IF;
  IF wall IS NOT NULL THEN
    RAISE EXCEPTION 'contract against %', wall
      USING ERRCODE = 'check_violation', CONSTRAINT = wall, TABLE = 'contracts';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER contracts_whole BEFORE UPDATE OF state ON contracts
  FOR EACH ROW WHEN (NEW.state = 'AGREED' AND OLD.state = 'DRAFT') EXECUTE FUNCTION guard_contract();

-- No order and no match is contracted without a contract. Looked at when the transaction ends.
CREATE OR REPLACE FUNCTION guard_contracted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.contracts
                 WHERE state IN ('AGREED', 'ENDED')
                   AND CASE TG_TABLE_NAME WHEN 'orders' THEN order_id ELSE match_id END = NEW.id) THEN
    RAISE EXCEPTION 'contracted without a contract'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'contracted_by_contract', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CALL ensure_constraint_trigger('orders', 'orders_contracted_by_contract',
  'AFTER UPDATE OF state ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   WHEN (NEW.state = ''CONTRACTED'') EXECUTE FUNCTION guard_contracted()');
CALL ensure_constraint_trigger('matches', 'matches_contracted_by_contract',
  'AFTER UPDATE OF state ON matches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   WHEN (NEW.state = ''CONTRACTED'') EXECUTE FUNCTION guard_contracted()');

-- No draft without people who meet. The lock orders this check after a rival's commit.
CREATE OR REPLACE FUNCTION guard_dangling_contract() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE subject uuid;
BEGIN
  IF TG_TABLE_NAME = 'matches' THEN subject := NEW.id; ELSE subject := NEW.match_id; END IF;
  PERFORM 1 FROM public.orders WHERE id = NEW.order_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM public.contracts c JOIN public.matches m ON m.id = c.match_id
             WHERE m.id = subject AND c.state = 'DRAFT' AND m.state <> 'MEETING') THEN
    RAISE EXCEPTION 'draft of a contract without a match'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'no_dangling_contract', TABLE = 'contracts';
  END IF;
  RETURN NULL;
END $$;
CALL ensure_constraint_trigger('matches', 'matches_no_dangling_contract',
  'AFTER UPDATE OF state ON matches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   WHEN (OLD.state = ''MEETING'') EXECUTE FUNCTION guard_dangling_contract()');
CALL ensure_constraint_trigger('contracts', 'contracts_no_dangling_contract',
  'AFTER INSERT ON contracts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   EXECUTE FUNCTION guard_dangling_contract()');

-- A contract is with the one who comes, and nobody else is sent while it stands: names and addresses
-- follow the match. Whoever leaves the provider is sent no more. The lock is as above.
CREATE OR REPLACE FUNCTION guard_comer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE subject uuid;
BEGIN
  IF TG_TABLE_NAME = 'matches' THEN subject := NEW.id; ELSE subject := NEW.match_id; END IF;
  PERFORM 1 FROM public.orders WHERE id = NEW.order_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM public.contracts c JOIN public.matches m ON m.id = c.match_id
             WHERE m.id = subject AND c.state IN ('DRAFT', 'AGREED')
               AND coalesce(m.assistant_id, m.nominee_id) IS DISTINCT FROM c.assistant_id
               AND (TG_TABLE_NAME = 'contracts' OR c.state = 'DRAFT' OR m.nominee_id IS NOT NULL)) THEN
    RAISE EXCEPTION 'contract with somebody who does not come'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'contract_with_who_comes', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CALL ensure_constraint_trigger('matches', 'matches_contract_with_who_comes',
  'AFTER UPDATE OF nominee_id ON matches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   EXECUTE FUNCTION guard_comer()');
CALL ensure_constraint_trigger('contracts', 'contracts_with_who_comes',
  'AFTER INSERT OR UPDATE OF state, assistant_id ON contracts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   WHEN (NEW.state IN (''DRAFT'', ''AGREED'')) EXECUTE FUNCTION guard_comer()');
