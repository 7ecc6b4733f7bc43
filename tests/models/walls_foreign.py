"""What points where, and what becomes of it when that goes: written out a second time."""

FOREIGN = """
advice_centres.district_id -> districts.key CASCADE
appointment_plans.assistant_id -> assistants.id RESTRICT
appointment_plans.contract_id -> contracts.id RESTRICT
appointments.assistant_id -> assistants.id RESTRICT
appointments.contract_id -> contracts.id RESTRICT
appointments.plan_id -> appointment_plans.id RESTRICT
appointments.provider_id -> providers.id RESTRICT
appointments.seeker_id -> seekers.id RESTRICT
appointments.stands_in_for_id -> appointments.id RESTRICT
trust.assistant_id -> assistants.id CASCADE
trust.seeker_id -> seekers.id CASCADE
applications.provider_id -> providers.id CASCADE
applications.user_id -> users.id CASCADE
assistant_activities.activity_id -> activities.code RESTRICT
assistant_activities.assistant_id -> assistants.id CASCADE
assistant_qualities.assistant_id -> assistants.id CASCADE
assistant_qualities.quality_id -> qualities.code RESTRICT
assistants.provider_id -> providers.id RESTRICT
assistants.user_id -> users.id CASCADE
blocks.assistant_id -> assistants.id CASCADE
blocks.provider_id -> providers.id CASCADE
blocks.seeker_id -> seekers.id CASCADE
busy.assistant_id -> assistants.id CASCADE
calendar_feeds.user_id -> users.id CASCADE
consents.actor_id -> users.id SET NULL
consents.text_id -> consent_texts.digest RESTRICT
consents.user_id -> users.id CASCADE
consents.withdrawn_by_id -> users.id SET NULL
contract_activities.activity_id -> activities.code RESTRICT
contract_activities.contract_id -> contracts.id CASCADE
contract_consents.actor_id -> users.id SET NULL
contract_consents.contract_id -> contracts.id CASCADE
contract_consents.principal_id -> users.id SET NULL
contract_funding.contract_id -> contracts.id CASCADE
contract_funding.source_id -> funding_sources.id CASCADE
contracts.assistant_id -> assistants.id RESTRICT
contracts.match_id -> matches.id RESTRICT
contracts.order_id -> orders.id RESTRICT
contracts.provider_id -> providers.id RESTRICT
contracts.seeker_id -> seekers.id RESTRICT
conversation_messages.author_id -> users.id SET NULL
conversation_messages.conversation_id -> conversations.id CASCADE
conversation_messages.principal_id -> users.id SET NULL
conversations.match_id -> matches.id CASCADE
coordinators.provider_id -> providers.id CASCADE
coordinators.user_id -> users.id CASCADE
delegations.delegate_id -> users.id CASCADE
delegations.officer_id -> users.id SET NULL
delegations.principal_id -> users.id CASCADE
certificate_letters.assistant_id -> assistants.id CASCADE
certificate_letters.officer_id -> users.id RESTRICT
evidence.assistant_id -> assistants.id CASCADE
evidence.officer_id -> users.id RESTRICT
evidence.quality_id -> qualities.code RESTRICT
funding_charges.appointment_id -> appointments.id CASCADE
funding_charges.source_id -> funding_sources.id CASCADE
funding_sources.seeker_id -> seekers.id CASCADE
identity_checks.officer_id -> users.id RESTRICT
identity_checks.user_id -> users.id CASCADE
mail_links.user_id -> users.id CASCADE
match_runs.assistant_id -> assistants.id CASCADE
match_runs.order_id -> orders.id CASCADE
match_runs.provider_id -> providers.id CASCADE
matches.assistant_id -> assistants.id CASCADE
matches.nominee_id -> assistants.id SET NULL
matches.order_id -> orders.id CASCADE
matches.provider_id -> providers.id CASCADE
messages.digest_id -> messages.id SET NULL
messages.notification_id -> notifications.id CASCADE
meeting_dates.meeting_id -> meetings.id CASCADE
meeting_people.meeting_id -> meetings.id CASCADE
meeting_people.provider_id -> providers.id CASCADE
meeting_people.user_id -> users.id CASCADE
meetings.match_id -> matches.id CASCADE
messages.receiver_id -> users.id CASCADE
municipalities.district_id -> districts.key CASCADE
needs.activity_id -> activities.code RESTRICT
needs.seeker_id -> seekers.id CASCADE
nominations.assistant_id -> assistants.id CASCADE
nominations.match_id -> matches.id CASCADE
notification_settings.user_id -> users.id CASCADE
notifications.receiver_id -> users.id CASCADE
order_activities.activity_id -> activities.code RESTRICT
order_activities.order_id -> orders.id CASCADE
order_qualities.order_id -> orders.id CASCADE
order_qualities.quality_id -> qualities.code RESTRICT
orders.municipality_id -> municipalities.id RESTRICT
orders.seeker_id -> seekers.id CASCADE
provider_activities.activity_id -> activities.code RESTRICT
provider_activities.provider_id -> providers.id CASCADE
provider_areas.municipality_id -> municipalities.id RESTRICT
provider_areas.provider_id -> providers.id CASCADE
provider_prices.provider_id -> providers.id CASCADE
provider_recognitions.provider_id -> providers.id CASCADE
reports.message_id -> conversation_messages.id SET NULL
push_devices.user_id -> users.id CASCADE
reports.officer_id -> users.id SET NULL
reports.provider_id -> providers.id CASCADE
reports.reporter_id -> users.id CASCADE
reports.subject_id -> users.id CASCADE
second_factors.user_id -> users.id CASCADE
seekers.user_id -> users.id CASCADE
sessions.user_id -> users.id CASCADE
suspensions.officer_id -> users.id RESTRICT
suspensions.user_id -> users.id CASCADE
talk_answers.corrected_by_id -> users.id SET NULL
talk_answers.replaces_id -> talk_answers.id CASCADE
talk_answers.talk_id -> talks.id CASCADE
talk_bookings.slot_id -> talk_slots.id RESTRICT
talk_bookings.user_id -> users.id CASCADE
talk_slots.officer_id -> users.id RESTRICT
talks.officer_id -> users.id RESTRICT
talks.user_id -> users.id CASCADE
transitions.actor_id -> users.id SET NULL
transitions.principal_id -> users.id SET NULL
users.municipality_id -> municipalities.id RESTRICT
"""
