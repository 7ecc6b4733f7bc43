from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0006_evidence')]

    initial = False

    operations = [
        ops.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('user', fields.OneToOneField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='second_factor', on_delete=OnDelete.CASCADE)),
                ('version', fields.IntField(default=0)),
                ('pending', fields.IntField(null=True)),
                ('last_step', fields.BigIntField(default=0)),
                ('codes_version', fields.IntField(default=0)),
                ('used_codes', ArrayField(default=list, element_type='INT')),
                ('shared', fields.BooleanField(default=False)),
                ('confirmed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'second_factors', 'app': 'models', 'pk_attr': 'id', 'table_description': 'The authenticator app of an account, one at most.'},
            bases=['Model'],
        ),
        ops.AlterModelOptions(
            name='Session',
            options={'table': 'sessions', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One sign-in of one account on one device; `strong` with a second factor.'},
        ),
        ops.AddField(
            model_name='Session',
            name='strong',
            field=fields.BooleanField(default=False, db_default=False),
        ),
    ]
