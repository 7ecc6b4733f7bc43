from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.appointment import CancelReason
from domain.appointment_plan import PlanEnd
from domain.appointment_state import PlanState
from tortoise import fields

# Why a plan has ended was not written down until now; one ends with its contract.
SAID_BEFORE = (
    "UPDATE appointment_plans SET state = 'ENDED', end_reason = 'NOT_WANTED' "
    "WHERE ended_at IS NOT NULL",
    "UPDATE appointment_plans p SET end_reason = 'CONTRACT_ENDED' FROM contracts c "
    "WHERE c.id = p.contract_id AND c.state = 'ENDED' "
    "AND p.ended_at >= c.ended_at - interval '1 minute'",
    "UPDATE appointment_plans SET state = 'AGREED' WHERE ended_at IS NULL AND agreed_at IS NOT NULL",
)


class Migration(migrations.Migration):
    dependencies = [('models', '0027_funding')]

    initial = False

    operations = [
        ops.AlterField(
            model_name='Appointment',
            name='cancel_reason',
            field=fields.CharEnumField(null=True, description='CLIENT_ILL: CLIENT_ILL\nASSISTANT_ILL: ASSISTANT_ILL\nNOT_NEEDED: NOT_NEEDED\nNO_TIME: NO_TIME\nHOLIDAY: HOLIDAY\nOTHER: OTHER\nCONTRACT_ENDED: CONTRACT_ENDED\nANOTHER_COMES: ANOTHER_COMES\nPLAN_REPLACED: PLAN_REPLACED', enum_type=CancelReason, max_length=15),
        ),
        ops.AddField(
            model_name='AppointmentPlan',
            name='end_reason',
            field=fields.CharEnumField(null=True, description='NOT_WANTED: NOT_WANTED\nREPLACED: REPLACED\nCONTRACT_ENDED: CONTRACT_ENDED', enum_type=PlanEnd, max_length=15),
        ),
        ops.AddField(
            model_name='AppointmentPlan',
            name='state',
            field=fields.CharEnumField(description='PROPOSED: PROPOSED\nAGREED: AGREED\nENDED: ENDED', db_default='PROPOSED', enum_type=PlanState, max_length=10),
        ),
        ops.RunSQL(SAID_BEFORE),
    ]
