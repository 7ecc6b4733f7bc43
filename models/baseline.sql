-- Holds the migrations up to 0030_message_no_way
CREATE TABLE "activities" (
    "code" VARCHAR(40) NOT NULL  PRIMARY KEY,
    "retired" BOOL NOT NULL
);
COMMENT ON TABLE "activities" IS 'An entry of the catalogue (`domain.activity`), for foreign keys to point at.';
CREATE TABLE "districts" (
    "key" VARCHAR(5) NOT NULL  PRIMARY KEY,
    "name" VARCHAR(100) NOT NULL,
    "land" VARCHAR(2) NOT NULL
);
COMMENT ON TABLE "districts" IS 'The district, under its official key (Kreisschlüssel).';
CREATE TABLE "events" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "topic" VARCHAR(40) NOT NULL,
    "key" UUID NOT NULL,
    "aggregate" UUID NOT NULL,
    "version" INT NOT NULL,
    "kind" VARCHAR(40) NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP
);
COMMENT ON TABLE "events" IS 'One change. The column `tx` (the writing transaction) comes from `sql/events.sql`.';
CREATE TABLE "idempotency_keys" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "scope" UUID NOT NULL,
    "key" VARCHAR(255) NOT NULL,
    "operation" VARCHAR(60) NOT NULL,
    "digest" VARCHAR(64) NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_idempotency_scope_0666a8" UNIQUE ("scope", "key")
);
COMMENT ON TABLE "idempotency_keys" IS 'One executed request: whose, under which key, with which input, and its answer.';
CREATE TABLE "legal_transitions" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "machine" VARCHAR(20) NOT NULL,
    "source" VARCHAR(20) NOT NULL,
    "target" VARCHAR(20) NOT NULL,
    CONSTRAINT "uid_legal_trans_machine_7c14b5" UNIQUE ("machine", "source", "target")
);
COMMENT ON TABLE "legal_transitions" IS 'A legal (from, to) pair of a machine, copied from `domain.states` by the migration.';
CREATE TABLE "municipalities" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "name" VARCHAR(100) NOT NULL,
    "postcodes" TEXT[] NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "population" INT NOT NULL,
    "district_id" VARCHAR(5) NOT NULL REFERENCES "districts" ("key") ON DELETE CASCADE,
    CONSTRAINT "uid_municipalit_distric_a7a69c" UNIQUE ("district_id", "name")
);
COMMENT ON TABLE "municipalities" IS 'A municipality with its postcodes and the coordinates distances are measured from.';
CREATE TABLE "outbox" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(64) NOT NULL,
    "aggregate" UUID NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "dedupe_key" VARCHAR(200)  UNIQUE,
    "state" SMALLINT NOT NULL DEFAULT 0,
    "available_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ,
    "dispatch" INT NOT NULL DEFAULT 0,
    "attempts" INT NOT NULL DEFAULT 0,
    "last_error" VARCHAR(100),
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ
);
COMMENT ON TABLE "outbox" IS 'One job. Constraints, indexes and the wake-up trigger stand in sql/outbox.sql.';
CREATE TABLE "providers" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "name" VARCHAR(200) NOT NULL UNIQUE,
    "introduction" TEXT NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "phone" VARCHAR(40) NOT NULL,
    "version" INT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE "providers" IS 'An organisation that employs assistants and answers orders through its coordinators.';
CREATE TABLE "provider_activities" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "activity_id" VARCHAR(40) NOT NULL REFERENCES "activities" ("code") ON DELETE RESTRICT,
    "provider_id" UUID NOT NULL REFERENCES "providers" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_provider_ac_provide_8fcfaf" UNIQUE ("provider_id", "activity_id")
);
COMMENT ON TABLE "provider_activities" IS 'An activity that a provider offers.';
CREATE TABLE "provider_areas" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "municipality_id" UUID NOT NULL REFERENCES "municipalities" ("id") ON DELETE RESTRICT,
    "provider_id" UUID NOT NULL REFERENCES "providers" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_provider_ar_provide_49862d" UNIQUE ("provider_id", "municipality_id")
);
COMMENT ON TABLE "provider_areas" IS 'A municipality that a provider serves.';
CREATE TABLE "users" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "email" VARCHAR(254) NOT NULL,
    "email_version" INT NOT NULL,
    "email_confirmed_at" TIMESTAMPTZ,
    "password_hash" VARCHAR(255),
    "role" VARCHAR(20) NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "version" INT NOT NULL,
    "language" VARCHAR(12) NOT NULL,
    "first_name" VARCHAR(100) NOT NULL,
    "last_name" VARCHAR(100) NOT NULL,
    "phone" VARCHAR(40),
    "mobile" VARCHAR(40),
    "street" VARCHAR(200),
    "postcode" VARCHAR(5),
    "created_at" TIMESTAMPTZ NOT NULL,
    "municipality_id" UUID REFERENCES "municipalities" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "users"."role" IS 'ANONYMOUS: ANONYMOUS\nSEEKER: SEEKER\nASSISTANT: ASSISTANT\nCOORDINATOR: COORDINATOR\nCUSTOMER_SERVICE: CUSTOMER_SERVICE\nADMINISTRATION: ADMINISTRATION\nSYSTEM: SYSTEM';
COMMENT ON COLUMN "users"."state" IS 'DRAFT: DRAFT\nREGISTERED: REGISTERED\nRELEASED: RELEASED\nSUSPENDED: SUSPENDED\nDELETION_REQUESTED: DELETION_REQUESTED\nERASED: ERASED';
COMMENT ON TABLE "users" IS 'An account: how somebody signs in, and how they can be reached.';
CREATE TABLE "assistants" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "introduction" TEXT NOT NULL,
    "employment" VARCHAR(15) NOT NULL,
    "languages" VARCHAR(100) NOT NULL,
    "week" BYTEA NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "radius_km" INT NOT NULL,
    "has_car" BOOL NOT NULL,
    "provider_id" UUID REFERENCES "providers" ("id") ON DELETE RESTRICT,
    "user_id" UUID NOT NULL UNIQUE REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "assistants"."employment" IS 'VOLUNTEER: VOLUNTEER\nEMPLOYED: EMPLOYED\nSELF_EMPLOYED: SELF_EMPLOYED';
COMMENT ON TABLE "assistants" IS 'Somebody who offers assistance.';
CREATE TABLE "assistant_activities" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "activity_id" VARCHAR(40) NOT NULL REFERENCES "activities" ("code") ON DELETE RESTRICT,
    "assistant_id" UUID NOT NULL REFERENCES "assistants" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_assistant_a_assista_3e0c54" UNIQUE ("assistant_id", "activity_id")
);
COMMENT ON TABLE "assistant_activities" IS 'One activity an assistant offers.';
CREATE TABLE "coordinators" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "provider_id" UUID NOT NULL REFERENCES "providers" ("id") ON DELETE CASCADE,
    "user_id" UUID NOT NULL UNIQUE REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON TABLE "coordinators" IS 'Somebody who speaks for a provider.';
CREATE TABLE "identity_checks" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "document" VARCHAR(20) NOT NULL,
    "verdict" VARCHAR(10) NOT NULL,
    "checked_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "officer_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE RESTRICT,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "identity_checks"."document" IS 'IDENTITY_CARD: IDENTITY_CARD\nPASSPORT: PASSPORT\nRESIDENCE_PERMIT: RESIDENCE_PERMIT';
COMMENT ON COLUMN "identity_checks"."verdict" IS 'CONFIRMED: CONFIRMED\nREJECTED: REJECTED';
COMMENT ON TABLE "identity_checks" IS 'That somebody''s identity was checked: kind, day, officer, verdict, and never a number.';
CREATE TABLE "mail_links" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "purpose" VARCHAR(20) NOT NULL,
    "email_version" INT NOT NULL,
    "number" INT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,
    "voided_at" TIMESTAMPTZ,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_mail_links_user_id_480ff5" UNIQUE ("user_id", "purpose", "number")
);
COMMENT ON COLUMN "mail_links"."purpose" IS 'CONFIRM_EMAIL: CONFIRM_EMAIL\nRESET_PASSWORD: RESET_PASSWORD';
COMMENT ON TABLE "mail_links" IS 'One link for one purpose, bound to an account and to the version of its address.';
CREATE TABLE "messages" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(40) NOT NULL,
    "version" INT NOT NULL,
    "channel" VARCHAR(10) NOT NULL,
    "reference" UUID,
    "state" VARCHAR(10) NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "sent_at" TIMESTAMPTZ,
    "receiver_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_messages_receive_62bafe" UNIQUE ("receiver_id", "kind", "version", "channel")
);
COMMENT ON COLUMN "messages"."channel" IS 'EMAIL: EMAIL';
COMMENT ON COLUMN "messages"."state" IS 'WAITING: WAITING\nSENT: SENT\nFAILED: FAILED\nCANCELLED: CANCELLED';
COMMENT ON TABLE "messages" IS 'One message to one person. Its id is also the local part of the mail''s Message-ID.';
CREATE TABLE "seekers" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "introduction" TEXT NOT NULL,
    "acting_for" VARCHAR(10) NOT NULL,
    "week" BYTEA NOT NULL,
    "user_id" UUID NOT NULL UNIQUE REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "seekers"."acting_for" IS 'SELF: SELF\nGUARDIAN: GUARDIAN\nRELATIVE: RELATIVE';
COMMENT ON TABLE "seekers" IS 'Somebody who looks for assistance.';
CREATE TABLE "needs" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "activity_id" VARCHAR(40) NOT NULL REFERENCES "activities" ("code") ON DELETE RESTRICT,
    "seeker_id" UUID NOT NULL REFERENCES "seekers" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_needs_seeker__80d759" UNIQUE ("seeker_id", "activity_id")
);
COMMENT ON TABLE "needs" IS 'One kind of support a seeker needs: health data (Art. 9 DSGVO), in a table of its own.';
CREATE TABLE "orders" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "state" VARCHAR(20) NOT NULL,
    "version" INT NOT NULL,
    "kind" VARCHAR(10) NOT NULL,
    "description" TEXT NOT NULL,
    "duration_minutes" INT NOT NULL,
    "needs_driving" BOOL NOT NULL,
    "starts_at" TIMESTAMPTZ,
    "start_date" DATE,
    "interval" VARCHAR(5),
    "count" INT,
    "week" BYTEA NOT NULL,
    "max_distance_km" INT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "released_at" TIMESTAMPTZ,
    "municipality_id" UUID NOT NULL REFERENCES "municipalities" ("id") ON DELETE RESTRICT,
    "seeker_id" UUID NOT NULL REFERENCES "seekers" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "orders"."state" IS 'DRAFT: DRAFT\nRELEASED: RELEASED\nIN_PROGRESS: IN_PROGRESS\nREQUESTED: REQUESTED\nAWARDED: AWARDED\nMEETING_SET: MEETING_SET\nMEETING_HELD: MEETING_HELD\nCONTRACTED: CONTRACTED\nCOMPLETED: COMPLETED\nWITHDRAWN: WITHDRAWN\nEXPIRED: EXPIRED';
COMMENT ON COLUMN "orders"."kind" IS 'ONE_OFF: ONE_OFF\nRECURRING: RECURRING';
COMMENT ON COLUMN "orders"."interval" IS 'DAY: DAY\nWEEK: WEEK\nMONTH: MONTH';
COMMENT ON TABLE "orders" IS 'What a seeker looks for: once, or again and again.';
CREATE TABLE "matches" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(10) NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "version" INT NOT NULL,
    "distance_km" DOUBLE PRECISION,
    "created_at" TIMESTAMPTZ NOT NULL,
    "decided_at" TIMESTAMPTZ,
    "assistant_id" UUID REFERENCES "assistants" ("id") ON DELETE CASCADE,
    "order_id" UUID NOT NULL REFERENCES "orders" ("id") ON DELETE CASCADE,
    "provider_id" UUID REFERENCES "providers" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_matches_order_i_a79f91" UNIQUE ("order_id", "assistant_id"),
    CONSTRAINT "uid_matches_order_i_5257d0" UNIQUE ("order_id", "provider_id")
);
COMMENT ON COLUMN "matches"."kind" IS 'ASSISTANT: ASSISTANT\nPROVIDER: PROVIDER';
COMMENT ON COLUMN "matches"."state" IS 'SUGGESTED: SUGGESTED\nACCEPTED: ACCEPTED\nON_HOLD: ON_HOLD\nREQUESTED: REQUESTED\nAWARDED: AWARDED\nMEETING: MEETING\nCONTRACTED: CONTRACTED\nDECLINED: DECLINED\nWITHDRAWN: WITHDRAWN\nLAPSED: LAPSED';
COMMENT ON TABLE "matches" IS 'That an order and an acceptor fit, and how far they have come.';
CREATE TABLE "order_activities" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "activity_id" VARCHAR(40) NOT NULL REFERENCES "activities" ("code") ON DELETE RESTRICT,
    "order_id" UUID NOT NULL REFERENCES "orders" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_order_activ_order_i_b6f773" UNIQUE ("order_id", "activity_id")
);
COMMENT ON TABLE "order_activities" IS 'One activity an order asks for: health data by inference, in a table of its own.';
CREATE TABLE "sessions" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "last_seen_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON TABLE "sessions" IS 'One sign-in of one account on one device.';
CREATE TABLE "talks" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "channel" VARCHAR(10) NOT NULL,
    "outcome" VARCHAR(10) NOT NULL,
    "held_at" TIMESTAMPTZ NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "officer_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE RESTRICT,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "talks"."channel" IS 'PHONE: PHONE\nVIDEO: VIDEO';
COMMENT ON COLUMN "talks"."outcome" IS 'DONE: DONE\nFAILED: FAILED';
COMMENT ON TABLE "talks" IS 'An introductory talk that customer service held, or that did not come about.';
CREATE TABLE "talk_answers" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "care_grade" INT,
    "payer" VARCHAR(25),
    "uses_relief_amount" BOOL,
    "has_integration_assistance" BOOL,
    "talk_id" UUID NOT NULL UNIQUE REFERENCES "talks" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "talk_answers"."payer" IS 'CARE_INSURANCE: CARE_INSURANCE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPRIVATE: PRIVATE\nOTHER: OTHER';
COMMENT ON TABLE "talk_answers" IS 'What was said in the talk about grade and payers: health data, in a table of its own.';
CREATE TABLE "transitions" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "machine" VARCHAR(20) NOT NULL,
    "aggregate" UUID NOT NULL,
    "action" VARCHAR(30) NOT NULL,
    "source" VARCHAR(20) NOT NULL,
    "target" VARCHAR(20) NOT NULL,
    "version" INT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "actor_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL,
    CONSTRAINT "uid_transitions_machine_fa1814" UNIQUE ("machine", "aggregate", "version")
);
COMMENT ON TABLE "transitions" IS 'One change of state: what, from where, to where, by whom, when. Written, never changed.';
CREATE TABLE "busy" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(12) NOT NULL,
    "begins_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "source" UUID,
    "cancelled_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "assistant_id" UUID NOT NULL REFERENCES "assistants" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "busy"."kind" IS 'ABSENCE: ABSENCE\nMEETING: MEETING\nAPPOINTMENT: APPOINTMENT';
COMMENT ON TABLE "busy" IS 'From one instant to another somebody has no time; `source` is the id of what takes it.';
CREATE TABLE "match_runs" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "algorithm" INT NOT NULL,
    "digest" VARCHAR(64) NOT NULL,
    "compared" INT NOT NULL,
    "found" JSONB NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "assistant_id" UUID REFERENCES "assistants" ("id") ON DELETE CASCADE,
    "order_id" UUID REFERENCES "orders" ("id") ON DELETE CASCADE,
    "provider_id" UUID REFERENCES "providers" ("id") ON DELETE CASCADE
);
COMMENT ON TABLE "match_runs" IS 'One run: an order against every offer, or one offer against every open order.';
CREATE TABLE "provider_recognitions" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(25) NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_until" DATE,
    "provider_id" UUID NOT NULL REFERENCES "providers" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_provider_re_provide_9c908c" UNIQUE ("provider_id", "kind", "valid_from")
);
COMMENT ON COLUMN "provider_recognitions"."kind" IS 'INTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nCARE_SERVICE: CARE_SERVICE\nEVERYDAY_SUPPORT: EVERYDAY_SUPPORT\nWORK_AND_EDUCATION: WORK_AND_EDUCATION';
COMMENT ON TABLE "provider_recognitions" IS 'What a provider is recognised for, from a day on and until another.';
CREATE TABLE "qualities" (
    "code" VARCHAR(40) NOT NULL  PRIMARY KEY,
    "retired" BOOL NOT NULL
);
COMMENT ON TABLE "qualities" IS 'An entry of the catalogue (`domain.quality`), for foreign keys to point at.';
CREATE TABLE "assistant_qualities" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "assistant_id" UUID NOT NULL REFERENCES "assistants" ("id") ON DELETE CASCADE,
    "quality_id" VARCHAR(40) NOT NULL REFERENCES "qualities" ("code") ON DELETE RESTRICT,
    CONSTRAINT "uid_assistant_q_assista_862d55" UNIQUE ("assistant_id", "quality_id")
);
COMMENT ON TABLE "assistant_qualities" IS 'One quality that an assistant states; what follows from the profile is not written down.';
CREATE TABLE "order_qualities" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "must" BOOL NOT NULL,
    "order_id" UUID NOT NULL REFERENCES "orders" ("id") ON DELETE CASCADE,
    "quality_id" VARCHAR(40) NOT NULL REFERENCES "qualities" ("code") ON DELETE RESTRICT,
    CONSTRAINT "uid_order_quali_order_i_544752" UNIQUE ("order_id", "quality_id")
);
COMMENT ON TABLE "order_qualities" IS 'One quality that an order asks for: as a must, or as a wish.';
ALTER TABLE "matches" ADD COLUMN "asked_for" VARCHAR(64) NOT NULL DEFAULT '';
ALTER TABLE "matches" ADD COLUMN "met" VARCHAR(1000) NOT NULL DEFAULT '';
ALTER TABLE "matches" ADD COLUMN "score" INT NOT NULL DEFAULT 0;
ALTER TABLE "matches" ADD COLUMN "unmet" VARCHAR(1000) NOT NULL DEFAULT '';
ALTER TABLE "matches" ADD COLUMN "waits_until" TIMESTAMPTZ;
ALTER TABLE "orders" ADD COLUMN "expires_at" TIMESTAMPTZ;
ALTER TABLE "orders" ADD COLUMN "personal_reason" BOOL NOT NULL DEFAULT FALSE;
ALTER TABLE "outbox" ADD COLUMN "merges" BOOL NOT NULL DEFAULT FALSE;
CREATE TABLE "talk_slots" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "minutes" INT NOT NULL,
    "cancelled_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "officer_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "talk_slots" IS 'A time at which an officer can hold a talk.';
CREATE TABLE "talk_bookings" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "channel" VARCHAR(10) NOT NULL,
    "wishes" TEXT[] NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "version" INT NOT NULL,
    "failure" VARCHAR(10),
    "to_call" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "slot_id" UUID NOT NULL REFERENCES "talk_slots" ("id") ON DELETE RESTRICT,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "talk_bookings"."channel" IS 'PHONE: PHONE\nVIDEO: VIDEO';
COMMENT ON COLUMN "talk_bookings"."state" IS 'BOOKED: BOOKED\nCANCELLED: CANCELLED\nHELD: HELD\nMISSED: MISSED';
COMMENT ON COLUMN "talk_bookings"."failure" IS 'NO_SHOW: NO_SHOW\nTECHNICAL: TECHNICAL\nOTHER: OTHER';
COMMENT ON TABLE "talk_bookings" IS 'That somebody has booked a slot. Another slot moves it: `version` counts the moves.';
ALTER TABLE "districts" ADD COLUMN "email" VARCHAR(254);
ALTER TABLE "districts" ADD COLUMN "horizon_days" INT;
ALTER TABLE "districts" ADD COLUMN "hours" BYTEA;
ALTER TABLE "districts" ADD COLUMN "missed_talks" INT;
ALTER TABLE "districts" ADD COLUMN "notice_minutes" INT;
ALTER TABLE "districts" ADD COLUMN "phone" VARCHAR(40);
ALTER TABLE "districts" ADD COLUMN "reminder_hours" INT[];
ALTER TABLE "districts" ADD COLUMN "talk_minutes" INT;
ALTER TABLE "districts" ADD COLUMN "video_url" VARCHAR(500);
ALTER TABLE "districts" ADD COLUMN "welcome" JSONB;
ALTER TABLE "talk_answers" DROP CONSTRAINT "talk_answers_talk_id_key";
ALTER TABLE "talk_answers" ADD COLUMN "corrected_at" TIMESTAMPTZ;
ALTER TABLE "talk_answers" ADD COLUMN "corrected_by_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL;
ALTER TABLE "talk_answers" ADD COLUMN "replaces_id" UUID  UNIQUE REFERENCES "talk_answers" ("id") ON DELETE CASCADE;
CREATE TABLE "suspensions" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "reason" VARCHAR(15) NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "officer_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE RESTRICT,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "suspensions"."reason" IS 'REPORTED: REPORTED\nPROOF_DOUBTFUL: PROOF_DOUBTFUL\nINACTIVE: INACTIVE\nOTHER: OTHER';
COMMENT ON TABLE "suspensions" IS 'One suspension of one account; its end is in the account''s history.';
CREATE TABLE "blocks" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "by_seeker" BOOL NOT NULL,
    "named" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "assistant_id" UUID REFERENCES "assistants" ("id") ON DELETE CASCADE,
    "provider_id" UUID REFERENCES "providers" ("id") ON DELETE CASCADE,
    "seeker_id" UUID NOT NULL REFERENCES "seekers" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_blocks_seeker__74165f" UNIQUE ("seeker_id", "assistant_id", "by_seeker"),
    CONSTRAINT "uid_blocks_seeker__460bf3" UNIQUE ("seeker_id", "provider_id", "by_seeker")
);
COMMENT ON TABLE "blocks" IS 'One side''s wish; the other side is never told.';
CREATE TABLE "certificate_letters" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "issued_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "assistant_id" UUID NOT NULL REFERENCES "assistants" ("id") ON DELETE CASCADE,
    "officer_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "certificate_letters" IS 'That somebody was given the letter that asks for the certificate of conduct, and when.';
CREATE TABLE "evidence" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(25) NOT NULL,
    "verdict" VARCHAR(10),
    "seen_on" DATE NOT NULL,
    "dated_on" DATE,
    "valid_until" DATE,
    "exemption" VARCHAR(20),
    "hours" INT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "assistant_id" UUID NOT NULL REFERENCES "assistants" ("id") ON DELETE CASCADE,
    "officer_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE RESTRICT,
    "quality_id" VARCHAR(40) REFERENCES "qualities" ("code") ON DELETE RESTRICT
);
COMMENT ON COLUMN "evidence"."kind" IS 'CERTIFICATE_OF_CONDUCT: CERTIFICATE_OF_CONDUCT\nMEASLES_PROTECTION: MEASLES_PROTECTION\nINTERVIEW: INTERVIEW\nTRAINING: TRAINING\nQUALIFICATION: QUALIFICATION\nINSURANCE: INSURANCE';
COMMENT ON COLUMN "evidence"."verdict" IS 'CONFIRMED: CONFIRMED\nREJECTED: REJECTED';
COMMENT ON COLUMN "evidence"."exemption" IS 'BORN_BEFORE_1971: BORN_BEFORE_1971\nCONTRAINDICATION: CONTRAINDICATION\nQUALIFIED: QUALIFIED';
COMMENT ON TABLE "evidence" IS 'That something was shown: written once; a newer record of the same kind replaces it.';
ALTER TABLE "assistants" ADD COLUMN "proofs_told" INT;
ALTER TABLE "assistants" ADD COLUMN "proofs_until" DATE;
ALTER TABLE "districts" ADD COLUMN "certificate_months" INT;
CREATE TABLE "second_factors" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "version" INT NOT NULL,
    "pending" INT,
    "last_step" BIGINT NOT NULL,
    "codes_version" INT NOT NULL,
    "used_codes" INT[] NOT NULL,
    "shared" BOOL NOT NULL,
    "confirmed_at" TIMESTAMPTZ,
    "user_id" UUID NOT NULL UNIQUE REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON TABLE "second_factors" IS 'The authenticator app of an account, one at most.';
ALTER TABLE "sessions" ADD COLUMN "strong" BOOL NOT NULL DEFAULT FALSE;
CREATE TABLE "reports" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "reason" VARCHAR(15) NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "handled_at" TIMESTAMPTZ,
    "officer_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL,
    "provider_id" UUID REFERENCES "providers" ("id") ON DELETE CASCADE,
    "reporter_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
    "subject_id" UUID REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "reports"."reason" IS 'SAFETY: SAFETY\nBEHAVIOUR: BEHAVIOUR\nFRAUD: FRAUD\nNOT_AS_AGREED: NOT_AS_AGREED\nOTHER: OTHER';
COMMENT ON TABLE "reports" IS 'Written once, then handled once; a report about a provider has no subject.';
CREATE TABLE "consent_texts" (
    "digest" VARCHAR(64) NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(12) NOT NULL,
    "version" INT NOT NULL,
    "language" VARCHAR(15) NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "text" TEXT NOT NULL
);
COMMENT ON COLUMN "consent_texts"."kind" IS 'PRIVACY: PRIVACY\nWITHDRAWAL: WITHDRAWAL\nTERMS: TERMS\nPROCESSING: PROCESSING\nHEALTH_DATA: HEALTH_DATA';
COMMENT ON TABLE "consent_texts" IS 'A text that somebody agreed to, under its SHA-256; never changed.';
CREATE TABLE "consents" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(12) NOT NULL,
    "version" INT NOT NULL,
    "given_at" TIMESTAMPTZ NOT NULL,
    "withdrawn_at" TIMESTAMPTZ,
    "text_id" VARCHAR(64) NOT NULL REFERENCES "consent_texts" ("digest") ON DELETE RESTRICT,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "consents"."kind" IS 'PRIVACY: PRIVACY\nWITHDRAWAL: WITHDRAWAL\nTERMS: TERMS\nPROCESSING: PROCESSING\nHEALTH_DATA: HEALTH_DATA';
COMMENT ON TABLE "consents" IS 'One agreement of one account.';
CREATE TABLE "applications" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "coordinator_role" VARCHAR(15) NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "version" INT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "provider_id" UUID NOT NULL REFERENCES "providers" ("id") ON DELETE CASCADE,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "applications"."coordinator_role" IS 'ADMIN: ADMIN\nCOORDINATOR: COORDINATOR';
COMMENT ON COLUMN "applications"."state" IS 'PREPARED: PREPARED\nINVITED: INVITED\nWAITING: WAITING\nAPPROVED: APPROVED\nREJECTED: REJECTED\nWITHDRAWN: WITHDRAWN\nENDED: ENDED';
COMMENT ON TABLE "applications" IS 'Of an assistant or a coordinator; an approved one lasts as long as the membership.';
CREATE TABLE "provider_prices" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "payer" VARCHAR(25) NOT NULL,
    "cents" INT NOT NULL,
    "valid_from" DATE NOT NULL,
    "provider_id" UUID NOT NULL REFERENCES "providers" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_provider_pr_provide_057b36" UNIQUE ("provider_id", "payer", "valid_from")
);
COMMENT ON COLUMN "provider_prices"."payer" IS 'CARE_INSURANCE: CARE_INSURANCE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPRIVATE: PRIVATE\nOTHER: OTHER';
COMMENT ON TABLE "provider_prices" IS 'What an hour costs whom, in euro cents, from a day on until the next one of that payer.';
ALTER TABLE "coordinators" ADD COLUMN "role" VARCHAR(15) NOT NULL DEFAULT 'COORDINATOR';
ALTER TABLE "providers" ADD COLUMN "accepted_payers" TEXT[];
UPDATE coordinators SET role = 'ADMIN';
CREATE TABLE "delegations" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(20) NOT NULL,
    "email" VARCHAR(254),
    "state" VARCHAR(10) NOT NULL,
    "version" INT NOT NULL,
    "valid_until" DATE,
    "created_at" TIMESTAMPTZ NOT NULL,
    "delegate_id" UUID REFERENCES "users" ("id") ON DELETE CASCADE,
    "officer_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL,
    "principal_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "delegations"."kind" IS 'GUARDIAN: GUARDIAN\nRELATIVE: RELATIVE\nTRUSTED_PERSON: TRUSTED_PERSON\nCUSTOMER_SERVICE: CUSTOMER_SERVICE';
COMMENT ON COLUMN "delegations"."state" IS 'INVITED: INVITED\nACTIVE: ACTIVE\nENDED: ENDED';
COMMENT ON TABLE "delegations" IS 'One person acts for another. The address is kept as the principal wrote it.';
COMMENT ON COLUMN "messages"."state" IS 'WAITING: WAITING\nSENT: SENT\nFAILED: FAILED\nCANCELLED: CANCELLED\nTO_TELL: TO_TELL';
ALTER TABLE "transitions" ADD COLUMN "principal_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL;
ALTER TABLE "users" ALTER COLUMN "email" DROP NOT NULL;
COMMENT ON COLUMN "users"."role" IS 'ANONYMOUS: ANONYMOUS\nSEEKER: SEEKER\nASSISTANT: ASSISTANT\nCOORDINATOR: COORDINATOR\nREPRESENTATIVE: REPRESENTATIVE\nCUSTOMER_SERVICE: CUSTOMER_SERVICE\nADMINISTRATION: ADMINISTRATION\nSYSTEM: SYSTEM';
CREATE TABLE "form_drafts" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "form" VARCHAR(20) NOT NULL,
    "sealed" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON COLUMN "form_drafts"."form" IS 'SEEKER: SEEKER\nSEEKER_BY_PHONE: SEEKER_BY_PHONE\nASSISTANT: ASSISTANT\nPROVIDER: PROVIDER\nCOORDINATOR: COORDINATOR\nREPRESENTATIVE: REPRESENTATIVE\nSEEKER_PROFILE: SEEKER_PROFILE\nASSISTANT_PROFILE: ASSISTANT_PROFILE\nCONTACT: CONTACT';
COMMENT ON TABLE "form_drafts" IS 'What was filled in so far. Only the portal''s secret opens `sealed`; no dump shows it.';
ALTER TABLE "consents" ADD COLUMN "actor_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL;
ALTER TABLE "consents" ADD COLUMN "withdrawn_by_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL;
CREATE TABLE "nominations" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "state" VARCHAR(10) NOT NULL,
    "version" INT NOT NULL,
    "fits" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "assistant_id" UUID NOT NULL REFERENCES "assistants" ("id") ON DELETE CASCADE,
    "match_id" UUID NOT NULL REFERENCES "matches" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "nominations"."state" IS 'NOMINATED: NOMINATED\nCHOSEN: CHOSEN\nDECLINED: DECLINED\nWITHDRAWN: WITHDRAWN';
COMMENT ON TABLE "nominations" IS 'One assistant for one provider''s match; `fits` says what matching found at that moment.';
ALTER TABLE "matches" ADD COLUMN "nominee_id" UUID REFERENCES "assistants" ("id") ON DELETE SET NULL;
CREATE TABLE "audit_seals" (
    "sequence" BIGINT NOT NULL  PRIMARY KEY,
    "actor_code" VARCHAR(32),
    "principal_code" VARCHAR(32),
    "hash" VARCHAR(64) NOT NULL,
    "sealed_at" TIMESTAMPTZ NOT NULL,
    "transition_id" UUID NOT NULL UNIQUE REFERENCES "transitions" ("id") ON DELETE CASCADE
);
COMMENT ON TABLE "audit_seals" IS 'One link of the chain over the transitions: `domain.audit` says what `hash` is made of.';
ALTER TABLE "transitions" ADD COLUMN "match_id" UUID REFERENCES "matches" ("id") ON DELETE CASCADE;
ALTER TABLE "transitions" ADD COLUMN "on_behalf" BOOL NOT NULL DEFAULT FALSE;
ALTER TABLE "transitions" ADD COLUMN "order_id" UUID REFERENCES "orders" ("id") ON DELETE CASCADE;
ALTER TABLE "transitions" ADD COLUMN "other_id" UUID;
ALTER TABLE "transitions" ADD COLUMN "person_id" UUID;
ALTER TABLE "transitions" ADD COLUMN "role" VARCHAR(20) NOT NULL DEFAULT 'SYSTEM';
UPDATE transitions t SET on_behalf = principal_id IS NOT NULL, role = coalesce(
      (SELECT role FROM users u WHERE u.id = coalesce(t.principal_id, t.actor_id)),
      CASE action WHEN 'REGISTER' THEN 'ANONYMOUS' ELSE 'SYSTEM' END);
UPDATE transitions SET person_id = aggregate WHERE machine = 'ACCOUNT';
UPDATE transitions t SET order_id = o.id, person_id = o.seeker_id FROM orders o
    WHERE t.machine = 'ORDER' AND o.id = t.aggregate;
UPDATE transitions t SET order_id = m.order_id, match_id = m.id FROM matches m
    WHERE t.machine = 'MATCH' AND m.id = t.aggregate;
UPDATE transitions t SET person_id = o.seeker_id,
      other_id = coalesce(m.assistant_id, m.provider_id)
    FROM matches m JOIN orders o ON o.id = m.order_id
    WHERE t.machine = 'MATCH' AND m.id = t.aggregate AND ARRAY[t.source, t.target]::text[] &&
      ARRAY['ACCEPTED', 'ON_HOLD', 'REQUESTED', 'AWARDED', 'MEETING', 'CONTRACTED'];
UPDATE transitions t SET person_id = b.user_id FROM talk_bookings b
    WHERE t.machine = 'TALK' AND b.id = t.aggregate;
UPDATE transitions t SET person_id = a.user_id FROM applications a
    WHERE t.machine = 'APPLICATION' AND a.id = t.aggregate;
UPDATE transitions t SET person_id = d.principal_id, other_id = d.delegate_id
    FROM delegations d WHERE t.machine = 'DELEGATION' AND d.id = t.aggregate;
CREATE TABLE "contracts" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "state" VARCHAR(10) NOT NULL,
    "version" INT NOT NULL,
    "model" VARCHAR(10) NOT NULL,
    "drafted_by" VARCHAR(10) NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "interval" VARCHAR(5) NOT NULL,
    "minutes" INT NOT NULL,
    "hourly_cents" INT NOT NULL,
    "payer" VARCHAR(25),
    "end_reason" VARCHAR(20),
    "created_at" TIMESTAMPTZ NOT NULL,
    "agreed_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,
    "assistant_id" UUID REFERENCES "assistants" ("id") ON DELETE RESTRICT,
    "match_id" UUID NOT NULL REFERENCES "matches" ("id") ON DELETE RESTRICT,
    "order_id" UUID NOT NULL REFERENCES "orders" ("id") ON DELETE RESTRICT,
    "provider_id" UUID REFERENCES "providers" ("id") ON DELETE RESTRICT,
    "seeker_id" UUID NOT NULL REFERENCES "seekers" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "contracts"."state" IS 'DRAFT: DRAFT\nAGREED: AGREED\nENDED: ENDED\nWITHDRAWN: WITHDRAWN';
COMMENT ON COLUMN "contracts"."model" IS 'EMPLOYER: EMPLOYER\nSERVICE: SERVICE';
COMMENT ON COLUMN "contracts"."drafted_by" IS 'SEEKER: SEEKER\nACCEPTOR: ACCEPTOR';
COMMENT ON COLUMN "contracts"."interval" IS 'DAY: DAY\nWEEK: WEEK\nMONTH: MONTH';
COMMENT ON COLUMN "contracts"."payer" IS 'CARE_INSURANCE: CARE_INSURANCE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPRIVATE: PRIVATE\nOTHER: OTHER';
COMMENT ON COLUMN "contracts"."end_reason" IS 'BY_AGREEMENT: BY_AGREEMENT\nBY_SEEKER: BY_SEEKER\nBY_ACCEPTOR: BY_ACCEPTOR\nNO_LONGER_NEEDED: NO_LONGER_NEEDED\nRUN_OUT: RUN_OUT';
COMMENT ON TABLE "contracts" IS 'What both sides agree on. A change of the terms raises `version`, a yes does not.';
CREATE TABLE "contract_activities" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "activity_id" VARCHAR(40) NOT NULL REFERENCES "activities" ("code") ON DELETE RESTRICT,
    "contract_id" UUID NOT NULL REFERENCES "contracts" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_contract_ac_contrac_9ed1d0" UNIQUE ("contract_id", "activity_id")
);
COMMENT ON TABLE "contract_activities" IS 'One activity that was agreed on: health data by inference, in a table of its own.';
CREATE TABLE "contract_consents" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "side" VARCHAR(10) NOT NULL,
    "version" INT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "actor_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL,
    "contract_id" UUID NOT NULL REFERENCES "contracts" ("id") ON DELETE CASCADE,
    "principal_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL,
    CONSTRAINT "uid_contract_co_contrac_1e6c12" UNIQUE ("contract_id", "side", "version")
);
COMMENT ON COLUMN "contract_consents"."side" IS 'SEEKER: SEEKER\nACCEPTOR: ACCEPTOR';
COMMENT ON TABLE "contract_consents" IS 'A yes to the terms of one version. Written, never changed.';
ALTER TABLE "messages" DROP CONSTRAINT "uid_messages_receive_62bafe";
CREATE TABLE "notifications" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(40) NOT NULL,
    "topic" VARCHAR(10) NOT NULL,
    "version" INT NOT NULL,
    "reference" UUID,
    "state" VARCHAR(6) NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "read_at" TIMESTAMPTZ,
    "receiver_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "notifications"."topic" IS 'SECURITY: SECURITY\nDATES: DATES\nMATCHES: MATCHES\nMESSAGES: MESSAGES\nCONTRACT: CONTRACT\nACCOUNT: ACCOUNT';
COMMENT ON COLUMN "notifications"."state" IS 'UNREAD: UNREAD\nREAD: READ';
COMMENT ON TABLE "notifications" IS 'One piece of news for one person; its messages say which ways it went, and how far.';
ALTER TABLE "messages" ADD COLUMN "notification_id" UUID REFERENCES "notifications" ("id") ON DELETE CASCADE;
INSERT INTO notifications
      (id, kind, topic, receiver_id, version, reference, state, created_at, read_at)
    SELECT id, upper(kind),
      CASE split_part(kind, '_', 1)
        WHEN 'confirm' THEN 'SECURITY' WHEN 'reset' THEN 'SECURITY'
        WHEN 'already' THEN 'SECURITY' WHEN 'password' THEN 'SECURITY'
        WHEN 'second' THEN 'SECURITY' WHEN 'phone' THEN 'SECURITY'
        WHEN 'delegation' THEN 'SECURITY'
        WHEN 'talk' THEN 'DATES' WHEN 'proof' THEN 'DATES'
        WHEN 'order' THEN 'MATCHES' WHEN 'inquiry' THEN 'MATCHES'
        WHEN 'acceptance' THEN 'MATCHES' WHEN 'nominated' THEN 'MATCHES'
        WHEN 'nominee' THEN 'MATCHES' WHEN 'nomination' THEN 'MATCHES'
        WHEN 'contract' THEN 'CONTRACT'
        ELSE 'ACCOUNT' END,
      receiver_id, version, reference, 'READ', created_at, now()
    FROM messages WHERE channel = 'EMAIL';
UPDATE messages SET notification_id = id WHERE channel = 'EMAIL';
CREATE TABLE "calendar_feeds" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON TABLE "calendar_feeds" IS 'An issued address. It can be reckoned from this row and the portal''s secret only.';
CREATE TABLE "meetings" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(12) NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "version" INT NOT NULL,
    "proposed_by" VARCHAR(10) NOT NULL,
    "minutes" INT NOT NULL,
    "place" VARCHAR(300) NOT NULL,
    "starts_at" TIMESTAMPTZ,
    "ends_at" TIMESTAMPTZ,
    "known_at" TIMESTAMPTZ,
    "link" VARCHAR(600),
    "reason" VARCHAR(12),
    "short_rest" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "match_id" UUID NOT NULL REFERENCES "matches" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "meetings"."kind" IS 'INTRODUCTION: INTRODUCTION\nVIDEO: VIDEO';
COMMENT ON COLUMN "meetings"."state" IS 'PROPOSED: PROPOSED\nCONFIRMED: CONFIRMED\nHELD: HELD\nMISSED: MISSED\nCANCELLED: CANCELLED';
COMMENT ON COLUMN "meetings"."proposed_by" IS 'SEEKER: SEEKER\nACCEPTOR: ACCEPTOR';
COMMENT ON COLUMN "meetings"."reason" IS 'NO_TIME: NO_TIME\nNOT_NEEDED: NOT_NEEDED\nOTHER: OTHER\nMATCH_ENDED: MATCH_ENDED\nNOBODY_COMES: NOBODY_COMES';
COMMENT ON TABLE "meetings" IS 'People who get to know each other. `version` counts whatever is changed about it.';
CREATE TABLE "meeting_dates" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "chosen" BOOL NOT NULL,
    "meeting_id" UUID NOT NULL REFERENCES "meetings" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_meeting_dat_meeting_033837" UNIQUE ("meeting_id", "starts_at")
);
COMMENT ON TABLE "meeting_dates" IS 'A date that was proposed for a meeting; at most one of them is chosen.';
CREATE TABLE "meeting_people" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "side" VARCHAR(12) NOT NULL,
    "confirmed_at" TIMESTAMPTZ,
    "begins_at" TIMESTAMPTZ,
    "ends_at" TIMESTAMPTZ,
    "meeting_id" UUID NOT NULL REFERENCES "meetings" ("id") ON DELETE CASCADE,
    "provider_id" UUID REFERENCES "providers" ("id") ON DELETE CASCADE,
    "user_id" UUID REFERENCES "users" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_meeting_peo_meeting_b3d090" UNIQUE ("meeting_id", "side")
);
COMMENT ON COLUMN "meeting_people"."side" IS 'SEEKER: SEEKER\nASSISTANT: ASSISTANT\nCOORDINATOR: COORDINATOR';
COMMENT ON TABLE "meeting_people" IS 'Somebody who has to be there. Of a provider whoever answers first is the one who comes.';
ALTER TABLE "districts" ADD COLUMN "coordinator_at_meetings" BOOL;
ALTER TABLE "districts" ADD COLUMN "room_url" VARCHAR(500);
ALTER TABLE "districts" ADD COLUMN "travel_minutes" INT;
CREATE TABLE "conversations" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "last_message_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "match_id" UUID NOT NULL UNIQUE REFERENCES "matches" ("id") ON DELETE CASCADE
);
COMMENT ON TABLE "conversations" IS 'One per match that was ever accepted: a trigger makes it with the first yes.';
CREATE TABLE "conversation_messages" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "side" VARCHAR(10) NOT NULL,
    "text" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ NOT NULL,
    "read_at" TIMESTAMPTZ,
    "author_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL,
    "conversation_id" UUID NOT NULL REFERENCES "conversations" ("id") ON DELETE CASCADE,
    "principal_id" UUID REFERENCES "users" ("id") ON DELETE SET NULL
);
COMMENT ON COLUMN "conversation_messages"."side" IS 'SEEKER: SEEKER\nACCEPTOR: ACCEPTOR';
COMMENT ON TABLE "conversation_messages" IS 'What somebody has written. Written once; `read_at` is when the other side had read it.';
ALTER TABLE "reports" ADD COLUMN "message_id" UUID REFERENCES "conversation_messages" ("id") ON DELETE SET NULL;
CREATE TABLE "notification_settings" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "email" TEXT[] NOT NULL,
    "sms" TEXT[] NOT NULL,
    "push" TEXT[] NOT NULL,
    "quiet_from" VARCHAR(5),
    "quiet_until" VARCHAR(5),
    "digest_hour" INT,
    "user_id" UUID NOT NULL UNIQUE REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON TABLE "notification_settings" IS 'The choices of one account; who has no row has chosen nothing, and `USUAL` holds.';
CREATE TABLE "push_devices" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "endpoint" VARCHAR(1000) NOT NULL UNIQUE,
    "p256dh" VARCHAR(100) NOT NULL,
    "auth" VARCHAR(40) NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
COMMENT ON TABLE "push_devices" IS 'A browser that takes web push: where to, and the keys that only it can read with.';
COMMENT ON COLUMN "messages"."channel" IS 'EMAIL: EMAIL\nSMS: SMS\nPUSH: PUSH';
ALTER TABLE "messages" ADD COLUMN "digest_id" UUID REFERENCES "messages" ("id") ON DELETE SET NULL;
ALTER TABLE "messages" ADD COLUMN "in_digest" BOOL NOT NULL DEFAULT FALSE;
ALTER TABLE "districts" ADD COLUMN "answer_days" INT;
ALTER TABLE "districts" ADD COLUMN "decision_days" INT;
ALTER TABLE "matches" ADD COLUMN "shown_at" TIMESTAMPTZ;
CREATE TABLE "appointment_plans" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "version" INT NOT NULL,
    "proposed_by" VARCHAR(10) NOT NULL,
    "interval" VARCHAR(5) NOT NULL,
    "slots" VARCHAR(500) NOT NULL,
    "minutes" INT NOT NULL,
    "first_on" DATE NOT NULL,
    "last_on" DATE,
    "holidays" VARCHAR(4) NOT NULL,
    "skipped" VARCHAR(1200) NOT NULL,
    "planned_until" DATE,
    "agreed_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "assistant_id" UUID NOT NULL REFERENCES "assistants" ("id") ON DELETE RESTRICT,
    "contract_id" UUID NOT NULL REFERENCES "contracts" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "appointment_plans"."proposed_by" IS 'SEEKER: SEEKER\nACCEPTOR: ACCEPTOR';
COMMENT ON COLUMN "appointment_plans"."interval" IS 'DAY: DAY\nWEEK: WEEK\nMONTH: MONTH';
COMMENT ON COLUMN "appointment_plans"."holidays" IS 'SKIP: SKIP\nKEEP: KEEP';
COMMENT ON TABLE "appointment_plans" IS 'What comes again and again. `agreed_at` is when both sides had said yes to the rule.';
CREATE TABLE "appointments" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "occurrence" VARCHAR(16),
    "state" VARCHAR(15) NOT NULL,
    "version" INT NOT NULL,
    "proposed_by" VARCHAR(10) NOT NULL,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "agreed_at" TIMESTAMPTZ,
    "known_at" TIMESTAMPTZ,
    "short_rest" BOOL NOT NULL,
    "long_day" BOOL NOT NULL,
    "beside_another" BOOL NOT NULL,
    "worked_from" TIMESTAMPTZ,
    "worked_until" TIMESTAMPTZ,
    "cancel_reason" VARCHAR(15),
    "cancelled_by" VARCHAR(10),
    "created_at" TIMESTAMPTZ NOT NULL,
    "assistant_id" UUID NOT NULL REFERENCES "assistants" ("id") ON DELETE RESTRICT,
    "contract_id" UUID NOT NULL REFERENCES "contracts" ("id") ON DELETE RESTRICT,
    "plan_id" UUID REFERENCES "appointment_plans" ("id") ON DELETE RESTRICT,
    "provider_id" UUID REFERENCES "providers" ("id") ON DELETE RESTRICT,
    "seeker_id" UUID NOT NULL REFERENCES "seekers" ("id") ON DELETE RESTRICT,
    "stands_in_for_id" UUID REFERENCES "appointments" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_appointment_plan_id_97e9ad" UNIQUE ("plan_id", "occurrence")
);
COMMENT ON COLUMN "appointments"."state" IS 'PROPOSED: PROPOSED\nCLIENT_AGREED: CLIENT_AGREED\nFIXED: FIXED\nWORKED: WORKED\nCONFIRMED: CONFIRMED\nCANCELLED: CANCELLED';
COMMENT ON COLUMN "appointments"."proposed_by" IS 'SEEKER: SEEKER\nACCEPTOR: ACCEPTOR';
COMMENT ON COLUMN "appointments"."cancel_reason" IS 'CLIENT_ILL: CLIENT_ILL\nASSISTANT_ILL: ASSISTANT_ILL\nNOT_NEEDED: NOT_NEEDED\nNO_TIME: NO_TIME\nHOLIDAY: HOLIDAY\nOTHER: OTHER\nCONTRACT_ENDED: CONTRACT_ENDED\nANOTHER_COMES: ANOTHER_COMES';
COMMENT ON COLUMN "appointments"."cancelled_by" IS 'SEEKER: SEEKER\nACCEPTOR: ACCEPTOR';
COMMENT ON TABLE "appointments" IS 'One date of a contract. `version` counts whatever is changed about it.';
CREATE TABLE "trust" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "side" VARCHAR(10) NOT NULL,
    "would_meet_again" BOOL NOT NULL,
    "said_at" TIMESTAMPTZ NOT NULL,
    "assistant_id" UUID NOT NULL REFERENCES "assistants" ("id") ON DELETE CASCADE,
    "seeker_id" UUID NOT NULL REFERENCES "seekers" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_trust_seeker__a90d61" UNIQUE ("seeker_id", "assistant_id", "side")
);
COMMENT ON COLUMN "trust"."side" IS 'SEEKER: SEEKER\nACCEPTOR: ACCEPTOR';
COMMENT ON TABLE "trust" IS 'Whether one side would meet the other again; between a seeker and an assistant.';
ALTER TABLE "appointments" ADD COLUMN "gap" BOOL NOT NULL DEFAULT FALSE;
CREATE TABLE "found_counts" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "acceptor" UUID NOT NULL,
    "kind" VARCHAR(10) NOT NULL,
    "month" DATE NOT NULL,
    "found" INT NOT NULL,
    "accepted" INT NOT NULL,
    "contracted" INT NOT NULL,
    CONSTRAINT "uid_found_count_accepto_878e8c" UNIQUE ("acceptor", "month")
);
COMMENT ON COLUMN "found_counts"."kind" IS 'ASSISTANT: ASSISTANT\nPROVIDER: PROVIDER';
COMMENT ON TABLE "found_counts" IS 'One acceptor''s numbers of one month, for the report of the year.';
ALTER TABLE "orders" ADD COLUMN "edited_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "districts" ADD COLUMN "order_days" INT;
ALTER TABLE "districts" ADD COLUMN "smallest_told" INT;
ALTER TABLE "districts" ADD COLUMN "suggestions_at_once" INT;
CREATE TABLE "advice_centres" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "position" INT NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "address" VARCHAR(200) NOT NULL,
    "phone" VARCHAR(40),
    "email" VARCHAR(254),
    "web" VARCHAR(500),
    "hours" VARCHAR(200),
    "postcodes" TEXT[] NOT NULL,
    "district_id" VARCHAR(5) NOT NULL REFERENCES "districts" ("key") ON DELETE CASCADE,
    CONSTRAINT "uid_advice_cent_distric_163be2" UNIQUE ("district_id", "position")
);
COMMENT ON COLUMN "advice_centres"."kind" IS 'TEILHABEBERATUNG: TEILHABEBERATUNG\nPFLEGESTUETZPUNKT: PFLEGESTUETZPUNKT\nTRAEGER: TRAEGER';
COMMENT ON TABLE "advice_centres" IS 'A place that advises; without postcodes it does so for the whole district.';
UPDATE notification_settings SET email = array_append(email, 'FUNDING') WHERE 'CONTRACT' = ANY(email) AND NOT 'FUNDING' = ANY(email);
UPDATE notification_settings SET sms = array_append(sms, 'FUNDING') WHERE 'CONTRACT' = ANY(sms) AND NOT 'FUNDING' = ANY(sms);
UPDATE notification_settings SET push = array_append(push, 'FUNDING') WHERE 'CONTRACT' = ANY(push) AND NOT 'FUNDING' = ANY(push);
CREATE TABLE "funding_sources" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "state" VARCHAR(10) NOT NULL,
    "version" INT NOT NULL,
    "instrument" VARCHAR(25) NOT NULL,
    "payer" VARCHAR(25) NOT NULL,
    "paragraph" VARCHAR(60),
    "cents" INT,
    "minutes" INT,
    "per" VARCHAR(5) NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_until" DATE,
    "applied_on" DATE,
    "approved_on" DATE,
    "looked_on" DATE,
    "created_at" TIMESTAMPTZ NOT NULL,
    "seeker_id" UUID NOT NULL REFERENCES "seekers" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "funding_sources"."state" IS 'APPLIED: APPLIED\nAPPROVED: APPROVED\nREFUSED: REFUSED\nWITHDRAWN: WITHDRAWN\nENDED: ENDED';
COMMENT ON COLUMN "funding_sources"."instrument" IS 'RELIEF_AMOUNT: RELIEF_AMOUNT\nCONVERSION: CONVERSION\nCARE_IN_KIND: CARE_IN_KIND\nCARE_ALLOWANCE: CARE_ALLOWANCE\nRESPITE_CARE: RESPITE_CARE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPERSONAL_BUDGET: PERSONAL_BUDGET\nWORK_ASSISTANCE: WORK_ASSISTANCE\nPRIVATE: PRIVATE\nOTHER: OTHER';
COMMENT ON COLUMN "funding_sources"."payer" IS 'CARE_INSURANCE: CARE_INSURANCE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPRIVATE: PRIVATE\nOTHER: OTHER';
COMMENT ON COLUMN "funding_sources"."per" IS 'MONTH: MONTH\nYEAR: YEAR\nWHOLE: WHOLE';
COMMENT ON TABLE "funding_sources" IS 'Who pays, by which law, how much: health data by inference.';
CREATE TABLE "contract_funding" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "place" INT NOT NULL,
    "contract_id" UUID NOT NULL REFERENCES "contracts" ("id") ON DELETE CASCADE,
    "source_id" UUID NOT NULL REFERENCES "funding_sources" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_contract_fu_contrac_bf2257" UNIQUE ("contract_id", "source_id"),
    CONSTRAINT "uid_contract_fu_contrac_b4d68a" UNIQUE ("contract_id", "place")
);
COMMENT ON TABLE "contract_funding" IS 'That a source shall pay for a contract''s hours; the first one pays first.';
CREATE TABLE "funding_charges" (
    "id" UUID NOT NULL  PRIMARY KEY,
    "day" DATE NOT NULL,
    "first_minute" INT NOT NULL,
    "minutes" INT NOT NULL,
    "cents" INT NOT NULL,
    "payer" VARCHAR(25) NOT NULL,
    "paragraph" VARCHAR(60),
    "appointment_id" UUID NOT NULL REFERENCES "appointments" ("id") ON DELETE CASCADE,
    "source_id" UUID NOT NULL REFERENCES "funding_sources" ("id") ON DELETE CASCADE
);
COMMENT ON COLUMN "funding_charges"."payer" IS 'CARE_INSURANCE: CARE_INSURANCE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPRIVATE: PRIVATE\nOTHER: OTHER';
COMMENT ON TABLE "funding_charges" IS 'Minutes of a confirmed appointment that a source pays for, from `first_minute` on.';
COMMENT ON COLUMN "notifications"."topic" IS 'SECURITY: SECURITY\nDATES: DATES\nMATCHES: MATCHES\nMESSAGES: MESSAGES\nCONTRACT: CONTRACT\nFUNDING: FUNDING\nACCOUNT: ACCOUNT';
COMMENT ON COLUMN "appointments"."cancel_reason" IS 'CLIENT_ILL: CLIENT_ILL\nASSISTANT_ILL: ASSISTANT_ILL\nNOT_NEEDED: NOT_NEEDED\nNO_TIME: NO_TIME\nHOLIDAY: HOLIDAY\nOTHER: OTHER\nCONTRACT_ENDED: CONTRACT_ENDED\nANOTHER_COMES: ANOTHER_COMES\nPLAN_REPLACED: PLAN_REPLACED';
ALTER TABLE "appointment_plans" ADD COLUMN "end_reason" VARCHAR(15);
ALTER TABLE "appointment_plans" ADD COLUMN "state" VARCHAR(10) NOT NULL DEFAULT 'PROPOSED';
UPDATE appointment_plans SET state = 'ENDED', end_reason = 'NOT_WANTED' WHERE ended_at IS NOT NULL;
UPDATE appointment_plans p SET end_reason = 'CONTRACT_ENDED' FROM contracts c WHERE c.id = p.contract_id AND c.state = 'ENDED' AND p.ended_at >= c.ended_at - interval '1 minute';
UPDATE appointment_plans SET state = 'AGREED' WHERE ended_at IS NULL AND agreed_at IS NOT NULL;
COMMENT ON COLUMN "funding_sources"."instrument" IS 'RELIEF_AMOUNT: RELIEF_AMOUNT\nCONVERSION: CONVERSION\nCARE_IN_KIND: CARE_IN_KIND\nCARE_ALLOWANCE: CARE_ALLOWANCE\nRESPITE_CARE: RESPITE_CARE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nEDUCATION_ASSISTANCE: EDUCATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPERSONAL_BUDGET: PERSONAL_BUDGET\nWORK_ASSISTANCE: WORK_ASSISTANCE\nPRIVATE: PRIVATE\nOTHER: OTHER';
ALTER TABLE "notification_settings" ADD COLUMN "kinds_off" TEXT[];
ALTER TABLE "notification_settings" ADD COLUMN "kinds_on" TEXT[];
COMMENT ON COLUMN "messages"."state" IS 'WAITING: WAITING\nSENT: SENT\nFAILED: FAILED\nCANCELLED: CANCELLED\nTO_TELL: TO_TELL\nNO_WAY: NO_WAY';
