from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.provider import CoordinatorRole
from domain.states import ApplicationState
from domain.user import Payer
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0009_consents')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Application',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='applications', on_delete=OnDelete.CASCADE)),
                ('provider', fields.ForeignKeyField('models.Provider', source_field='provider_id', db_constraint=True, to_field='id', related_name='applications', on_delete=OnDelete.CASCADE)),
                ('coordinator_role', fields.CharEnumField(default=CoordinatorRole.COORDINATOR, description='ADMIN: ADMIN\nCOORDINATOR: COORDINATOR', enum_type=CoordinatorRole, max_length=15)),
                ('state', fields.CharEnumField(description='PREPARED: PREPARED\nINVITED: INVITED\nWAITING: WAITING\nAPPROVED: APPROVED\nREJECTED: REJECTED\nWITHDRAWN: WITHDRAWN\nENDED: ENDED', enum_type=ApplicationState, max_length=10)),
                ('version', fields.IntField(default=1)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'applications', 'app': 'models', 'pk_attr': 'id', 'table_description': 'Of an assistant or a coordinator; an approved one lasts as long as the membership.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProviderPrice',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('provider', fields.ForeignKeyField('models.Provider', source_field='provider_id', db_constraint=True, to_field='id', related_name='prices', on_delete=OnDelete.CASCADE)),
                ('payer', fields.CharEnumField(description='CARE_INSURANCE: CARE_INSURANCE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPRIVATE: PRIVATE\nOTHER: OTHER', enum_type=Payer, max_length=25)),
                ('cents', fields.IntField()),
                ('valid_from', fields.DateField()),
            ],
            options={'table': 'provider_prices', 'app': 'models', 'unique_together': (('provider', 'payer', 'valid_from'),), 'pk_attr': 'id', 'table_description': 'What an hour costs whom, in euro cents, from a day on until the next one of that payer.'},
            bases=['Model'],
        ),
        ops.AlterModelOptions(
            name='Coordinator',
            options={'table': 'coordinators', 'app': 'models', 'pk_attr': 'id', 'table_description': 'Somebody who speaks for a provider, for as long as this row is there.'},
        ),
        ops.AddField(
            model_name='Coordinator',
            name='role',
            field=fields.CharEnumField(description='ADMIN: ADMIN\nCOORDINATOR: COORDINATOR', db_default=CoordinatorRole.COORDINATOR, enum_type=CoordinatorRole, max_length=15),
        ),
        ops.AddField(
            model_name='Provider',
            name='accepted_payers',
            field=ArrayField(null=True, element_type='TEXT'),
        ),
        # Until now everybody who spoke for a provider decided for it.
        ops.RunSQL("UPDATE coordinators SET role = 'ADMIN'"),
    ]
