from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.appointment import CancelReason
from domain.appointment_plan import Holidays
from domain.appointment_state import AppointmentState
from domain.contract import ContractSide
from domain.ids import uuid7
from domain.order import Interval
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0021_match_reminders')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AppointmentPlan',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('contract', fields.ForeignKeyField('models.Contract', source_field='contract_id', db_constraint=True, to_field='id', related_name='plans', on_delete=OnDelete.RESTRICT)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', db_constraint=True, to_field='id', related_name='plans', on_delete=OnDelete.RESTRICT)),
                ('version', fields.IntField(default=1)),
                ('proposed_by', fields.CharEnumField(description='SEEKER: SEEKER\nACCEPTOR: ACCEPTOR', enum_type=ContractSide, max_length=10)),
                ('interval', fields.CharEnumField(description='DAY: DAY\nWEEK: WEEK\nMONTH: MONTH', enum_type=Interval, max_length=5)),
                ('slots', fields.CharField(max_length=500)),
                ('minutes', fields.IntField()),
                ('first_on', fields.DateField()),
                ('last_on', fields.DateField(null=True)),
                ('holidays', fields.CharEnumField(description='SKIP: SKIP\nKEEP: KEEP', enum_type=Holidays, max_length=4)),
                ('skipped', fields.CharField(default='', max_length=1200)),
                ('planned_until', fields.DateField(null=True)),
                ('agreed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'appointment_plans', 'app': 'models', 'pk_attr': 'id', 'table_description': 'What comes again and again. `agreed_at` is when both sides had said yes to the rule.'},
            bases=['OfContract', 'Model'],
        ),
        ops.CreateModel(
            name='Appointment',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('contract', fields.ForeignKeyField('models.Contract', source_field='contract_id', db_constraint=True, to_field='id', related_name='appointments', on_delete=OnDelete.RESTRICT)),
                ('seeker', fields.ForeignKeyField('models.Seeker', source_field='seeker_id', db_constraint=True, to_field='id', related_name='appointments', on_delete=OnDelete.RESTRICT)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', db_constraint=True, to_field='id', related_name='appointments', on_delete=OnDelete.RESTRICT)),
                ('provider', fields.ForeignKeyField('models.Provider', source_field='provider_id', null=True, db_constraint=True, to_field='id', related_name='appointments', on_delete=OnDelete.RESTRICT)),
                ('stands_in_for', fields.ForeignKeyField('models.Appointment', source_field='stands_in_for_id', null=True, db_constraint=True, to_field='id', related_name='stand_ins', on_delete=OnDelete.RESTRICT)),
                ('plan', fields.ForeignKeyField('models.AppointmentPlan', source_field='plan_id', null=True, db_constraint=True, to_field='id', related_name='appointments', on_delete=OnDelete.RESTRICT)),
                ('occurrence', fields.CharField(null=True, max_length=16)),
                ('state', fields.CharEnumField(description='PROPOSED: PROPOSED\nCLIENT_AGREED: CLIENT_AGREED\nFIXED: FIXED\nWORKED: WORKED\nCONFIRMED: CONFIRMED\nCANCELLED: CANCELLED', enum_type=AppointmentState, max_length=15)),
                ('version', fields.IntField(default=1)),
                ('proposed_by', fields.CharEnumField(description='SEEKER: SEEKER\nACCEPTOR: ACCEPTOR', enum_type=ContractSide, max_length=10)),
                ('starts_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('agreed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('known_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('short_rest', fields.BooleanField(default=False)),
                ('long_day', fields.BooleanField(default=False)),
                ('beside_another', fields.BooleanField(default=False)),
                ('worked_from', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('worked_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('cancel_reason', fields.CharEnumField(null=True, description='CLIENT_ILL: CLIENT_ILL\nASSISTANT_ILL: ASSISTANT_ILL\nNOT_NEEDED: NOT_NEEDED\nNO_TIME: NO_TIME\nHOLIDAY: HOLIDAY\nOTHER: OTHER\nCONTRACT_ENDED: CONTRACT_ENDED\nANOTHER_COMES: ANOTHER_COMES', enum_type=CancelReason, max_length=15)),
                ('cancelled_by', fields.CharEnumField(null=True, description='SEEKER: SEEKER\nACCEPTOR: ACCEPTOR', enum_type=ContractSide, max_length=10)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'appointments', 'app': 'models', 'unique_together': (('plan', 'occurrence'),), 'pk_attr': 'id', 'table_description': 'One date of a contract. `version` counts whatever is changed about it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Trust',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('seeker', fields.ForeignKeyField('models.Seeker', source_field='seeker_id', db_constraint=True, to_field='id', related_name='trust', on_delete=OnDelete.CASCADE)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', db_constraint=True, to_field='id', related_name='trust', on_delete=OnDelete.CASCADE)),
                ('side', fields.CharEnumField(description='SEEKER: SEEKER\nACCEPTOR: ACCEPTOR', enum_type=ContractSide, max_length=10)),
                ('would_meet_again', fields.BooleanField()),
                ('said_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'trust', 'app': 'models', 'unique_together': (('seeker', 'assistant', 'side'),), 'pk_attr': 'id', 'table_description': 'Whether one side would meet the other again; between a seeker and an assistant.'},
            bases=['Model'],
        ),
    ]
