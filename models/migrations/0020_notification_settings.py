from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.notification import Channel
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0019_conversations')]

    initial = False

    operations = [
        ops.CreateModel(
            name='NotificationSetting',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('user', fields.OneToOneField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='notification_setting', on_delete=OnDelete.CASCADE)),
                ('email', ArrayField(element_type='TEXT')),
                ('sms', ArrayField(element_type='TEXT')),
                ('push', ArrayField(element_type='TEXT')),
                ('quiet_from', fields.CharField(null=True, max_length=5)),
                ('quiet_until', fields.CharField(null=True, max_length=5)),
                ('digest_hour', fields.IntField(null=True)),
            ],
            options={'table': 'notification_settings', 'app': 'models', 'pk_attr': 'id', 'table_description': 'The choices of one account; who has no row has chosen nothing, and `USUAL` holds.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PushDevice',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='push_devices', on_delete=OnDelete.CASCADE)),
                ('endpoint', fields.CharField(unique=True, max_length=1000)),
                ('p256dh', fields.CharField(max_length=100)),
                ('auth', fields.CharField(max_length=40)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'push_devices', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A browser that takes web push: where to, and the keys that only it can read with.'},
            bases=['Model'],
        ),
        ops.AlterField(
            model_name='Message',
            name='channel',
            field=fields.CharEnumField(description='EMAIL: EMAIL\nSMS: SMS\nPUSH: PUSH', enum_type=Channel, max_length=10),
        ),
        ops.AddField(
            model_name='Message',
            name='digest',
            field=fields.ForeignKeyField('models.Message', source_field='digest_id', null=True, db_constraint=True, to_field='id', related_name='collected', on_delete=OnDelete.SET_NULL),
        ),
        ops.AddField(
            model_name='Message',
            name='in_digest',
            field=fields.BooleanField(db_default=False),
        ),
    ]
