from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.funding import FundingInstrument, FundingPeriod
from domain.funding_state import FundingState
from domain.ids import uuid7
from domain.notification import NotificationTopic
from domain.user import Payer
from tortoise.fields.base import OnDelete
from tortoise import fields# Whoever wants to hear of contracts wants to hear of what pays for them.
NEW_TOPIC = tuple(
    f"UPDATE notification_settings SET {way} = array_append({way}, 'FUNDING') "
    f"WHERE 'CONTRACT' = ANY({way}) AND NOT 'FUNDING' = ANY({way})"
    for way in ("email", "sms", "push")
)


class Migration(migrations.Migration):
    dependencies = [('models', '0026_advice_centres')]

    initial = False

    operations = [
        ops.RunSQL(NEW_TOPIC),
        ops.CreateModel(
            name='FundingSource',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('seeker', fields.ForeignKeyField('models.Seeker', source_field='seeker_id', db_constraint=True, to_field='id', related_name='funding_sources', on_delete=OnDelete.CASCADE)),
                ('state', fields.CharEnumField(description='APPLIED: APPLIED\nAPPROVED: APPROVED\nREFUSED: REFUSED\nWITHDRAWN: WITHDRAWN\nENDED: ENDED', enum_type=FundingState, max_length=10)),
                ('version', fields.IntField(default=1)),
                ('instrument', fields.CharEnumField(description='RELIEF_AMOUNT: RELIEF_AMOUNT\nCONVERSION: CONVERSION\nCARE_IN_KIND: CARE_IN_KIND\nCARE_ALLOWANCE: CARE_ALLOWANCE\nRESPITE_CARE: RESPITE_CARE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPERSONAL_BUDGET: PERSONAL_BUDGET\nWORK_ASSISTANCE: WORK_ASSISTANCE\nPRIVATE: PRIVATE\nOTHER: OTHER', enum_type=FundingInstrument, max_length=25)),
                ('payer', fields.CharEnumField(description='CARE_INSURANCE: CARE_INSURANCE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPRIVATE: PRIVATE\nOTHER: OTHER', enum_type=Payer, max_length=25)),
                ('paragraph', fields.CharField(null=True, max_length=60)),
                ('cents', fields.IntField(null=True)),
                ('minutes', fields.IntField(null=True)),
                ('per', fields.CharEnumField(description='MONTH: MONTH\nYEAR: YEAR\nWHOLE: WHOLE', enum_type=FundingPeriod, max_length=5)),
                ('valid_from', fields.DateField()),
                ('valid_until', fields.DateField(null=True)),
                ('applied_on', fields.DateField(null=True)),
                ('approved_on', fields.DateField(null=True)),
                ('looked_on', fields.DateField(null=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'funding_sources', 'app': 'models', 'pk_attr': 'id', 'table_description': 'Who pays, by which law, how much: health data by inference.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ContractFunding',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('contract', fields.ForeignKeyField('models.Contract', source_field='contract_id', db_constraint=True, to_field='id', related_name='funding', on_delete=OnDelete.CASCADE)),
                ('source', fields.ForeignKeyField('models.FundingSource', source_field='source_id', db_constraint=True, to_field='id', related_name='contracts', on_delete=OnDelete.CASCADE)),
                ('place', fields.IntField()),
            ],
            options={'table': 'contract_funding', 'app': 'models', 'unique_together': (('contract', 'source'), ('contract', 'place')), 'pk_attr': 'id', 'table_description': "That a source shall pay for a contract's hours; the first one pays first."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='FundingCharge',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('source', fields.ForeignKeyField('models.FundingSource', source_field='source_id', db_constraint=True, to_field='id', related_name='charges', on_delete=OnDelete.CASCADE)),
                ('appointment', fields.ForeignKeyField('models.Appointment', source_field='appointment_id', db_constraint=True, to_field='id', related_name='charges', on_delete=OnDelete.CASCADE)),
                ('day', fields.DateField()),
                ('first_minute', fields.IntField()),
                ('minutes', fields.IntField()),
                ('cents', fields.IntField()),
                ('payer', fields.CharEnumField(description='CARE_INSURANCE: CARE_INSURANCE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPRIVATE: PRIVATE\nOTHER: OTHER', enum_type=Payer, max_length=25)),
                ('paragraph', fields.CharField(null=True, max_length=60)),
            ],
            options={'table': 'funding_charges', 'app': 'models', 'pk_attr': 'id', 'table_description': 'Minutes of a confirmed appointment that a source pays for, from `first_minute` on.'},
            bases=['Model'],
        ),
        ops.AlterField(
            model_name='Notification',
            name='topic',
            field=fields.CharEnumField(description='SECURITY: SECURITY\nDATES: DATES\nMATCHES: MATCHES\nMESSAGES: MESSAGES\nCONTRACT: CONTRACT\nFUNDING: FUNDING\nACCOUNT: ACCOUNT', enum_type=NotificationTopic, max_length=10),
        ),
    ]
