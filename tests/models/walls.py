"""Every wall of the database, written out a second time."""

CHECKS = """
advice_centres: kind_known reachable
applications: role_known version_positive
appointment_plans: instants rule sides_known version_positive
appointments: agreed_by_both hours_near hours_when_worked length of_plan proposed_by_whom
    reason_when_cancelled sides_known version_positive
assistants: id_is_user proofs_told provider_unless_self_employed radius week_bits
audit_seals: hashed in_order
blocks: one_acceptor
busy: ends_after_it_begins kind_known
calendar_feeds: in_order
consent_texts: digest
consents: in_order kind_known
contract_consents: side_known
contract_funding: place
contracts: amounts in_order instants model_known of_somebody payer_known side_known
    version_positive
conversation_messages: side_known text_length
coordinators: id_is_user role_known
delegations: guardian_seen kind_known of_somebody of_two version_positive
districts: matching meetings policy reminders welcome
events: version_not_negative
evidence: days_in_order exemption_fits kind_known quality_fits seen_by_somebody_else verdict_known
found_counts: first_of_month kind_known
form_drafts: form_known sealed_is_bounded
funding_charges: amounts
funding_sources: amounts approved_after_applied approved_has_day budget in_order payer_known
    version_positive words_known
identity_checks: verdict_known
mail_links: end_is_bounded number_positive purpose_known used_or_void
match_runs: one_side
matches: commission_by_kind kind_known nominee_of_provider one_acceptor version_positive
meeting_dates: in_order
meeting_people: confirmed_by_somebody side_known span
meetings: date_once_confirmed kind_known length link_of_confirmed party_known reason_when_cancelled
    version_positive
messages: channel_known sent_has_instant state_known version_positive
nominations: version_positive
notification_settings: digest_hour id_is_user kinds quiet_hours security_stays
notifications: read_has_instant topic_known version_positive
offer_days: one_check
orders: complete_when_released count_positive duration fields_of_kind interval_known kind_known
    max_distance version_positive week_bits
outbox: counts_not_negative finished_has_instant payload_is_small_object state_known
portal_epoch: one_check
provider_prices: cents payer_known
provider_recognitions: ends_after_it_begins kind_known
providers: accepted_payers_known version_positive
push_devices: https
reports: about_one not_about_oneself note_length reason_known
second_factors: id_is_user in_order
seekers: id_is_user week_bits
sessions: end_is_bounded token_is_hashed
suspensions: by_somebody_else reason_known
talk_answers: care_grade correction_has_instant
talk_bookings: channel_known failure_when_missed version_positive wishes_known
talk_slots: length
talks: outcome_known
trust: side_known
users: language_known role_known version_positive
"""
EXCLUSIONS = """
busy: no_double_booking one_absence_at_a_time
funding_charges: no_minute_twice
funding_sources: once
meeting_people: no_double_booking
talk_slots: apart
"""
UNIQUE = """
advice_centres district_id, "position"
appointments plan_id, occurrence
assistant_activities assistant_id, activity_id
assistant_qualities assistant_id, quality_id
assistants user_id
audit_seals transition_id
blocks seeker_id, assistant_id, by_seeker
blocks seeker_id, provider_id, by_seeker
contract_activities contract_id, activity_id
contract_consents contract_id, side, version
contract_funding contract_id, place
contract_funding contract_id, source_id
conversations match_id
coordinators user_id
found_counts acceptor, month
idempotency_keys scope, key
legal_transitions machine, source, target
mail_links user_id, purpose, number
matches order_id, assistant_id
matches order_id, provider_id
meeting_dates meeting_id, starts_at
meeting_people meeting_id, side
municipalities district_id, name
needs seeker_id, activity_id
order_activities order_id, activity_id
order_qualities order_id, quality_id
notification_settings user_id
outbox dedupe_key
provider_activities provider_id, activity_id
provider_areas provider_id, municipality_id
provider_prices provider_id, payer, valid_from
provider_recognitions provider_id, kind, valid_from
providers name
push_devices endpoint
second_factors user_id
seekers user_id
talk_answers replaces_id
tortoise_migrations app, name
transitions machine, aggregate, version
trust seeker_id, assistant_id, side
"""
TRIGGERS = """
appointment_plans_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('PLAN')
appointment_plans_rule_stays: BEFORE UPDATE ROW refuse_change()
appointment_plans_go_forward: BEFORE UPDATE OF agreed_at, ended_at ROW refuse_change()
appointments_no_dangling: AFTER INSERT OR UPDATE OF state, starts_at LATE ROW guard_late_appointment()
appointments_taken_back: AFTER UPDATE OF state, worked_from, worked_until ROW take_back_charges()
appointments_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('APPOINTMENT')
appointments_take_time: AFTER UPDATE OF state LATE ROW guard_appointment_time()
appointments_whole: BEFORE UPDATE ROW guard_appointment()
applications_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('APPLICATION')
audit_seals_append_only: BEFORE DELETE OR UPDATE ROW refuse_change()
consent_texts_append_only: BEFORE UPDATE ROW refuse_change()
contract_consents_append_only: BEFORE UPDATE OF side, version, at ROW refuse_change()
contracts_no_dangling_appointment: AFTER UPDATE OF state, ends_on LATE ROW guard_late_appointment()
contracts_no_dangling_contract: AFTER INSERT LATE ROW guard_dangling_contract()
contracts_with_who_comes: AFTER INSERT OR UPDATE OF state, assistant_id LATE ROW guard_comer()
contracts_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('CONTRACT')
contracts_whole: BEFORE UPDATE OF state ROW guard_contract()
conversation_messages_append_only: BEFORE UPDATE OF side, text, sent_at ROW refuse_change()
conversation_messages_while_match_stands: BEFORE INSERT ROW guard_message()
delegations_roles: BEFORE INSERT OR UPDATE OF state ROW guard_delegation()
delegations_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('DELEGATION')
events_announce: AFTER INSERT STATEMENT events_announce()
events_stay_as_written: BEFORE UPDATE STATEMENT events_stay_as_written()
evidence_append_only: BEFORE UPDATE ROW refuse_change()
funding_charges_of_hours: BEFORE INSERT OR UPDATE ROW guard_charge()
funding_sources_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('FUNDING')
identity_checks_append_only: BEFORE UPDATE ROW refuse_change()
match_runs_append_only: BEFORE UPDATE ROW refuse_change()
matches_begin_conversation: AFTER INSERT OR UPDATE OF state ROW begin_conversation()
matches_contracted_by_contract: AFTER UPDATE OF state LATE ROW guard_contracted()
matches_contract_with_who_comes: AFTER UPDATE OF nominee_id LATE ROW guard_comer()
matches_no_dangling_contract: AFTER UPDATE OF state LATE ROW guard_dangling_contract()
matches_no_dangling_match: AFTER INSERT OR UPDATE OF state, order_id LATE ROW guard_dangling_match()
matches_no_dangling_meeting: AFTER UPDATE OF state LATE ROW guard_dangling_meeting()
matches_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('MATCH')
nominations_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('NOMINATION')
orders_contracted_by_contract: AFTER UPDATE OF state LATE ROW guard_contracted()
meetings_no_dangling: AFTER INSERT OR UPDATE OF state, match_id LATE ROW guard_dangling_meeting()
meetings_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('MEETING')
meetings_whole: BEFORE INSERT OR UPDATE OF state, starts_at, ends_at ROW guard_meeting()
orders_no_dangling_match: AFTER UPDATE OF state LATE ROW guard_dangling_match()
orders_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('ORDER')
outbox_keep_waiting: BEFORE DELETE ROW outbox_keep_waiting()
outbox_notify: AFTER INSERT STATEMENT outbox_notify()
suspensions_append_only: BEFORE UPDATE ROW refuse_change()
talk_bookings_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('TALK')
talks_append_only: BEFORE UPDATE ROW refuse_change()
transitions_only_forget: BEFORE UPDATE ROW guard_history()
transitions_stay: BEFORE DELETE ROW refuse_change()
users_release: BEFORE INSERT OR UPDATE OF state, role, email_confirmed_at ROW guard_release()
users_release_proofs: BEFORE UPDATE OF state, role ROW guard_proofs()
users_release_provider: BEFORE UPDATE OF state, role ROW guard_provider()
users_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('ACCOUNT')
"""  # noqa: E501  a line per trigger
INDEXES = """
appointment_plans_behind
appointment_plans_one_standing UNIQUE
appointments_asked_once UNIQUE
appointments_by_assistant
appointments_by_contract
appointments_by_provider
appointments_by_seeker
appointments_one_stand_in UNIQUE
applications_by_provider
applications_by_user
applications_one_approved UNIQUE
applications_one_open UNIQUE
assistants_by_proofs
assistants_by_provider
blocks_by_assistant
blocks_by_provider
busy_by_assistant
busy_one_per_appointment UNIQUE
busy_one_per_meeting UNIQUE
calendar_feeds_one_open UNIQUE
certificate_letters_by_assistant
consents_once UNIQUE
contract_funding_by_source
contracts_by_assistant
contracts_by_match
contracts_by_provider
contracts_by_seeker
contracts_one_open UNIQUE
conversation_messages_by_conversation
conversation_messages_unread
coordinators_by_provider
delegations_by_delegate
delegations_by_principal
delegations_one_per_state UNIQUE
events_by_topic
events_in_order UNIQUE
evidence_by_assistant
form_drafts_by_end
funding_charges_by_source
funding_sources_by_seeker
funding_sources_to_look_at
idempotency_keys_by_age
identity_checks_by_user
mail_links_open
match_runs_by_assistant
match_runs_by_order
match_runs_by_provider
matches_by_assistant
matches_by_assistant_order
matches_by_nominee
matches_by_provider
matches_by_provider_order
matches_one_commission UNIQUE
matches_waiting
messages_by_digest
messages_by_notification
messages_for_digest
messages_once UNIQUE
nominations_by_assistant
nominations_one_chosen UNIQUE
nominations_one_open UNIQUE
notifications_by_receiver
notifications_once UNIQUE
notifications_unread
meeting_dates_one_chosen UNIQUE
meeting_people_by_provider
meeting_people_by_user
meetings_by_match
meetings_one_open UNIQUE
offer_changes_by_tx
orders_by_end
orders_drafts
orders_by_seeker
orders_by_state
outbox_due
outbox_finished
outbox_leased
outbox_merged UNIQUE
push_devices_by_user
reports_by_reporter
reports_handled
sessions_by_user
sessions_token_hash UNIQUE
suspensions_by_user
talk_answers_by_talk
talk_answers_first UNIQUE
talk_bookings_by_slot
talk_bookings_by_user
talk_bookings_one_per_person UNIQUE
talk_bookings_one_per_slot UNIQUE
talks_by_user
transitions_by_actor
transitions_by_match
transitions_by_order
transitions_by_other
transitions_by_person
transitions_by_principal
trust_by_assistant
users_by_state
users_email_key UNIQUE
users_found_by_email
users_found_by_first_name
users_found_by_last_name
users_found_by_postcode
"""
FUNCTIONS = """
begin_conversation ensure_constraint ensure_constraint_trigger ensure_offer_marks events_announce
events_stay_as_written guard_appointment guard_appointment_time guard_charge guard_contract
guard_contracted guard_late_appointment guard_dangling_contract guard_comer
guard_dangling_match guard_dangling_meeting guard_delegation guard_history guard_meeting
guard_message guard_proofs guard_provider guard_release guard_state mark_offers
outbox_keep_waiting outbox_notify portal_uuid7 refuse_change take_back_charges
uuidmultirange uuidrange
"""
# What an offer is made of: each insertion, change and deletion marks the acceptor as changed.
MARKED = """
assistant_activities assistant_qualities assistants busy coordinators evidence provider_activities
provider_areas provider_recognitions providers users
"""
