from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.recognition import Recognition
from models.busy import BusyKind
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Busy',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', db_constraint=True, to_field='id', related_name='busy', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='ABSENCE: ABSENCE\nMEETING: MEETING\nAPPOINTMENT: APPOINTMENT', enum_type=BusyKind, max_length=12)),
                ('begins_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('source', fields.UUIDField(null=True)),
                ('cancelled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'busy', 'app': 'models', 'pk_attr': 'id', 'table_description': 'From one instant to another somebody has no time; `source` is the id of what takes it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='MatchRun',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('order', fields.ForeignKeyField('models.Order', source_field='order_id', null=True, db_constraint=True, to_field='id', related_name='runs', on_delete=OnDelete.CASCADE)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', null=True, db_constraint=True, to_field='id', related_name='runs', on_delete=OnDelete.CASCADE)),
                ('provider', fields.ForeignKeyField('models.Provider', source_field='provider_id', null=True, db_constraint=True, to_field='id', related_name='runs', on_delete=OnDelete.CASCADE)),
                ('algorithm', fields.IntField()),
                ('digest', fields.CharField(max_length=64)),
                ('compared', fields.IntField()),
                ('found', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'match_runs', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One run: an order against every offer, or one offer against every open order.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProviderRecognition',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('provider', fields.ForeignKeyField('models.Provider', source_field='provider_id', db_constraint=True, to_field='id', related_name='recognitions', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='INTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nCARE_SERVICE: CARE_SERVICE\nEVERYDAY_SUPPORT: EVERYDAY_SUPPORT\nWORK_AND_EDUCATION: WORK_AND_EDUCATION', enum_type=Recognition, max_length=25)),
                ('valid_from', fields.DateField()),
                ('valid_until', fields.DateField(null=True)),
            ],
            options={'table': 'provider_recognitions', 'app': 'models', 'unique_together': (('provider', 'kind', 'valid_from'),), 'pk_attr': 'id', 'table_description': 'What a provider is recognised for, from a day on and until another.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Quality',
            fields=[
                ('code', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ('retired', fields.BooleanField(default=False)),
            ],
            options={'table': 'qualities', 'app': 'models', 'pk_attr': 'code', 'table_description': 'An entry of the catalogue (`domain.quality`), for foreign keys to point at.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssistantQuality',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', db_constraint=True, to_field='id', related_name='qualities', on_delete=OnDelete.CASCADE)),
                ('quality', fields.ForeignKeyField('models.Quality', source_field='quality_id', db_constraint=True, to_field='code', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'assistant_qualities', 'app': 'models', 'unique_together': (('assistant', 'quality'),), 'pk_attr': 'id', 'table_description': 'One quality that an assistant states; what follows from the profile is not written down.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OrderQuality',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('order', fields.ForeignKeyField('models.Order', source_field='order_id', db_constraint=True, to_field='id', related_name='qualities', on_delete=OnDelete.CASCADE)),
                ('quality', fields.ForeignKeyField('models.Quality', source_field='quality_id', db_constraint=True, to_field='code', on_delete=OnDelete.RESTRICT)),
                ('must', fields.BooleanField()),
            ],
            options={'table': 'order_qualities', 'app': 'models', 'unique_together': (('order', 'quality'),), 'pk_attr': 'id', 'table_description': 'One quality that an order asks for: as a must, or as a wish.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Match',
            name='asked_for',
            field=fields.CharField(db_default='', max_length=64),
        ),
        ops.AddField(
            model_name='Match',
            name='met',
            field=fields.CharField(db_default='', max_length=1000),
        ),
        ops.AddField(
            model_name='Match',
            name='score',
            field=fields.IntField(db_default=0),
        ),
        ops.AddField(
            model_name='Match',
            name='unmet',
            field=fields.CharField(db_default='', max_length=1000),
        ),
        ops.AddField(
            model_name='Match',
            name='waits_until',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Order',
            name='expires_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Order',
            name='personal_reason',
            field=fields.BooleanField(db_default=False),
        ),
        ops.AddField(
            model_name='Outbox',
            name='merges',
            field=fields.BooleanField(db_default=False),
        ),
    ]
