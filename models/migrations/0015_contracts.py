from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.contract import ContractEnd, ContractModel, ContractSide
from domain.contract_state import ContractState
from domain.ids import uuid7
from domain.order import Interval
from domain.user import Payer
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0014_audit')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Contract',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('order', fields.ForeignKeyField('models.Order', source_field='order_id', db_constraint=True, to_field='id', related_name='contracts', on_delete=OnDelete.RESTRICT)),
                ('match', fields.ForeignKeyField('models.Match', source_field='match_id', db_constraint=True, to_field='id', related_name='contracts', on_delete=OnDelete.RESTRICT)),
                ('seeker', fields.ForeignKeyField('models.Seeker', source_field='seeker_id', db_constraint=True, to_field='id', related_name='contracts', on_delete=OnDelete.RESTRICT)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', null=True, db_constraint=True, to_field='id', related_name='contracts', on_delete=OnDelete.RESTRICT)),
                ('provider', fields.ForeignKeyField('models.Provider', source_field='provider_id', null=True, db_constraint=True, to_field='id', related_name='contracts', on_delete=OnDelete.RESTRICT)),
                ('state', fields.CharEnumField(default=ContractState.DRAFT, description='DRAFT: DRAFT\nAGREED: AGREED\nENDED: ENDED\nWITHDRAWN: WITHDRAWN', enum_type=ContractState, max_length=10)),
                ('version', fields.IntField(default=1)),
                ('model', fields.CharEnumField(description='EMPLOYER: EMPLOYER\nSERVICE: SERVICE', enum_type=ContractModel, max_length=10)),
                ('drafted_by', fields.CharEnumField(description='SEEKER: SEEKER\nACCEPTOR: ACCEPTOR', enum_type=ContractSide, max_length=10)),
                ('starts_on', fields.DateField()),
                ('ends_on', fields.DateField(null=True)),
                ('interval', fields.CharEnumField(description='DAY: DAY\nWEEK: WEEK\nMONTH: MONTH', enum_type=Interval, max_length=5)),
                ('minutes', fields.IntField()),
                ('hourly_cents', fields.IntField()),
                ('payer', fields.CharEnumField(null=True, description='CARE_INSURANCE: CARE_INSURANCE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPRIVATE: PRIVATE\nOTHER: OTHER', enum_type=Payer, max_length=25)),
                ('end_reason', fields.CharEnumField(null=True, description='BY_AGREEMENT: BY_AGREEMENT\nBY_SEEKER: BY_SEEKER\nBY_ACCEPTOR: BY_ACCEPTOR\nNO_LONGER_NEEDED: NO_LONGER_NEEDED\nRUN_OUT: RUN_OUT', enum_type=ContractEnd, max_length=20)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('agreed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'contracts', 'app': 'models', 'pk_attr': 'id', 'table_description': 'What both sides agree on. A change of the terms raises `version`, a yes does not.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ContractActivity',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('contract', fields.ForeignKeyField('models.Contract', source_field='contract_id', db_constraint=True, to_field='id', related_name='activities', on_delete=OnDelete.CASCADE)),
                ('activity', fields.ForeignKeyField('models.Activity', source_field='activity_id', db_constraint=True, to_field='code', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'contract_activities', 'app': 'models', 'unique_together': (('contract', 'activity'),), 'pk_attr': 'id', 'table_description': 'One activity that was agreed on: health data by inference, in a table of its own.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ContractConsent',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('contract', fields.ForeignKeyField('models.Contract', source_field='contract_id', db_constraint=True, to_field='id', related_name='consents', on_delete=OnDelete.CASCADE)),
                ('side', fields.CharEnumField(description='SEEKER: SEEKER\nACCEPTOR: ACCEPTOR', enum_type=ContractSide, max_length=10)),
                ('version', fields.IntField()),
                ('actor', fields.ForeignKeyField('models.User', source_field='actor_id', null=True, db_constraint=True, to_field='id', related_name='contract_consents', on_delete=OnDelete.SET_NULL)),
                ('principal', fields.ForeignKeyField('models.User', source_field='principal_id', null=True, db_constraint=True, to_field='id', related_name='consented_for', on_delete=OnDelete.SET_NULL)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'contract_consents', 'app': 'models', 'unique_together': (('contract', 'side', 'version'),), 'pk_attr': 'id', 'table_description': 'A yes to the terms of one version. Written, never changed.'},
            bases=['OfContract', 'Model'],
        ),
    ]
