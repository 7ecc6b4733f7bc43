-- Conversations begin with the first yes, are written in while the match stands, and never rewritten.
CREATE INDEX IF NOT EXISTS conversation_messages_by_conversation ON conversation_messages (conversation_id, id);
CREATE INDEX IF NOT EXISTS conversation_messages_unread ON conversation_messages (conversation_id, side)
  WHERE read_at IS NULL;
CALL ensure_constraint('conversation_messages', 'conversation_messages_side_known',
  'CHECK (side IN (''SEEKER'', ''ACCEPTOR''))');
CALL ensure_constraint('conversation_messages', 'conversation_messages_text_length',
  'CHECK (char_length(text) BETWEEN 1 AND 2000)');

CREATE OR REPLACE FUNCTION begin_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.conversations (id, match_id, created_at)
  VALUES (portal_uuid7(), NEW.id, now()) ON CONFLICT (match_id) DO NOTHING;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER matches_begin_conversation AFTER INSERT OR UPDATE OF state ON matches
  FOR EACH ROW WHEN (NEW.state = 'ACCEPTED') EXECUTE FUNCTION begin_conversation();
-- Matches from before this.
INSERT INTO conversations (id, match_id, created_at)
SELECT portal_uuid7(), id, now() FROM matches
WHERE state IN ('ACCEPTED', 'ON_HOLD', 'REQUESTED', 'AWARDED', 'MEETING', 'CONTRACTED')
ON CONFLICT (match_id) DO NOTHING;

-- The lock orders this check after a rival's commit.
CREATE OR REPLACE FUNCTION guard_message() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE standing text;
BEGIN
  SELECT m.state INTO standing FROM public.conversations c JOIN public.matches m ON m.id = c.match_id
  WHERE c.id = NEW.conversation_id FOR SHARE OF m;
  IF standing IN ('SUGGESTED', 'DECLINED', 'WITHDRAWN', 'LAPSED') THEN
    RAISE EXCEPTION 'message of a match that does not stand'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'message_while_match_stands',
            TABLE = 'conversation_messages';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER conversation_messages_while_match_stands BEFORE INSERT ON conversation_messages
  FOR EACH ROW EXECUTE FUNCTION guard_message();
CREATE OR REPLACE TRIGGER conversation_messages_append_only
  BEFORE UPDATE OF side, text, sent_at ON conversation_messages
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
