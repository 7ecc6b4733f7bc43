from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.states import BookingState
from domain.talk import TalkFailure
from domain.user import TalkChannel
from orjson import loads
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from uuid import uuid4
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0002_matching')]

    initial = False

    operations = [
        ops.CreateModel(
            name='TalkSlot',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('officer', fields.ForeignKeyField('models.User', source_field='officer_id', db_constraint=True, to_field='id', related_name='talk_slots', on_delete=OnDelete.RESTRICT)),
                ('starts_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('minutes', fields.IntField()),
                ('cancelled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'talk_slots', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A time at which an officer can hold a talk.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='TalkBooking',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('slot', fields.ForeignKeyField('models.TalkSlot', source_field='slot_id', db_constraint=True, to_field='id', related_name='bookings', on_delete=OnDelete.RESTRICT)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='talk_bookings', on_delete=OnDelete.CASCADE)),
                ('channel', fields.CharEnumField(description='PHONE: PHONE\nVIDEO: VIDEO', enum_type=TalkChannel, max_length=10)),
                ('wishes', ArrayField(element_type='TEXT')),
                ('state', fields.CharEnumField(default=BookingState.BOOKED, description='BOOKED: BOOKED\nCANCELLED: CANCELLED\nHELD: HELD\nMISSED: MISSED', enum_type=BookingState, max_length=10)),
                ('version', fields.IntField()),
                ('failure', fields.CharEnumField(null=True, description='NO_SHOW: NO_SHOW\nTECHNICAL: TECHNICAL\nOTHER: OTHER', enum_type=TalkFailure, max_length=10)),
                ('to_call', fields.BooleanField(default=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'talk_bookings', 'app': 'models', 'pk_attr': 'id', 'table_description': 'That somebody has booked a slot. Another slot moves it: `version` counts the moves.'},
            bases=['OfAccount', 'Model'],
        ),
        ops.AlterModelOptions(
            name='District',
            options={'table': 'districts', 'app': 'models', 'pk_attr': 'key', 'table_description': 'The district, under its official key (Kreisschlüssel), and what it decides for itself.'},
        ),
        ops.AddField(
            model_name='District',
            name='email',
            field=fields.CharField(null=True, max_length=254),
        ),
        ops.AddField(
            model_name='District',
            name='horizon_days',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='hours',
            field=fields.BinaryField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='missed_talks',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='notice_minutes',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='phone',
            field=fields.CharField(null=True, max_length=40),
        ),
        ops.AddField(
            model_name='District',
            name='reminder_hours',
            field=ArrayField(null=True, element_type='INT'),
        ),
        ops.AddField(
            model_name='District',
            name='talk_minutes',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='video_url',
            field=fields.CharField(null=True, max_length=500),
        ),
        ops.AddField(
            model_name='District',
            name='welcome',
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AlterField(
            model_name='TalkAnswer',
            name='talk',
            field=fields.ForeignKeyField('models.Talk', source_field='talk_id', db_constraint=True, to_field='id', related_name='answers', on_delete=OnDelete.CASCADE),
        ),
        ops.AddField(
            model_name='TalkAnswer',
            name='corrected_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='TalkAnswer',
            name='corrected_by',
            field=fields.ForeignKeyField('models.User', source_field='corrected_by_id', null=True, db_constraint=True, to_field='id', related_name='corrections', on_delete=OnDelete.SET_NULL),
        ),
        ops.AddField(
            model_name='TalkAnswer',
            name='replaces',
            field=fields.OneToOneField('models.TalkAnswer', source_field='replaces_id', null=True, db_constraint=True, to_field='id', related_name='replaced_by', on_delete=OnDelete.CASCADE),
        ),
    ]
