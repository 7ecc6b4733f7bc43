from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.meeting import MeetingKind, MeetingParty, MeetingReason, MeetingSide
from domain.states import MeetingState
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0017_notifications')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='calendar_feeds', on_delete=OnDelete.CASCADE)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'calendar_feeds', 'app': 'models', 'pk_attr': 'id', 'table_description': "An issued address. It can be reckoned from this row and the portal's secret only."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Meeting',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('match', fields.ForeignKeyField('models.Match', source_field='match_id', db_constraint=True, to_field='id', related_name='meetings', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='INTRODUCTION: INTRODUCTION\nVIDEO: VIDEO', enum_type=MeetingKind, max_length=12)),
                ('state', fields.CharEnumField(default=MeetingState.PROPOSED, description='PROPOSED: PROPOSED\nCONFIRMED: CONFIRMED\nHELD: HELD\nMISSED: MISSED\nCANCELLED: CANCELLED', enum_type=MeetingState, max_length=10)),
                ('version', fields.IntField(default=1)),
                ('proposed_by', fields.CharEnumField(description='SEEKER: SEEKER\nACCEPTOR: ACCEPTOR', enum_type=MeetingParty, max_length=10)),
                ('minutes', fields.IntField()),
                ('place', fields.CharField(default='', max_length=300)),
                ('starts_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('known_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('link', fields.CharField(null=True, max_length=600)),
                ('reason', fields.CharEnumField(null=True, description='NO_TIME: NO_TIME\nNOT_NEEDED: NOT_NEEDED\nOTHER: OTHER\nMATCH_ENDED: MATCH_ENDED\nNOBODY_COMES: NOBODY_COMES', enum_type=MeetingReason, max_length=12)),
                ('short_rest', fields.BooleanField(default=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'meetings', 'app': 'models', 'pk_attr': 'id', 'table_description': 'People who get to know each other. `version` counts whatever is changed about it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='MeetingDate',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('meeting', fields.ForeignKeyField('models.Meeting', source_field='meeting_id', db_constraint=True, to_field='id', related_name='dates', on_delete=OnDelete.CASCADE)),
                ('starts_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('chosen', fields.BooleanField(default=False)),
            ],
            options={'table': 'meeting_dates', 'app': 'models', 'unique_together': (('meeting', 'starts_at'),), 'pk_attr': 'id', 'table_description': 'A date that was proposed for a meeting; at most one of them is chosen.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='MeetingPerson',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('meeting', fields.ForeignKeyField('models.Meeting', source_field='meeting_id', db_constraint=True, to_field='id', related_name='people', on_delete=OnDelete.CASCADE)),
                ('side', fields.CharEnumField(description='SEEKER: SEEKER\nASSISTANT: ASSISTANT\nCOORDINATOR: COORDINATOR', enum_type=MeetingSide, max_length=12)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', null=True, db_constraint=True, to_field='id', related_name='meetings', on_delete=OnDelete.CASCADE)),
                ('provider', fields.ForeignKeyField('models.Provider', source_field='provider_id', null=True, db_constraint=True, to_field='id', related_name='meetings', on_delete=OnDelete.CASCADE)),
                ('confirmed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('begins_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'meeting_people', 'app': 'models', 'unique_together': (('meeting', 'side'),), 'pk_attr': 'id', 'table_description': 'Somebody who has to be there. Of a provider whoever answers first is the one who comes.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='District',
            name='coordinator_at_meetings',
            field=fields.BooleanField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='room_url',
            field=fields.CharField(null=True, max_length=500),
        ),
        ops.AddField(
            model_name='District',
            name='travel_minutes',
            field=fields.IntField(null=True),
        ),
    ]
