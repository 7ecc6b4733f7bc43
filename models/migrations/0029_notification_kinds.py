from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.funding import FundingInstrument
from tortoise.contrib.postgres.fields import ArrayField
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0028_plan_states')]

    initial = False

    operations = [
        ops.AlterField(
            model_name='FundingSource',
            name='instrument',
            field=fields.CharEnumField(description='RELIEF_AMOUNT: RELIEF_AMOUNT\nCONVERSION: CONVERSION\nCARE_IN_KIND: CARE_IN_KIND\nCARE_ALLOWANCE: CARE_ALLOWANCE\nRESPITE_CARE: RESPITE_CARE\nINTEGRATION_ASSISTANCE: INTEGRATION_ASSISTANCE\nEDUCATION_ASSISTANCE: EDUCATION_ASSISTANCE\nHELP_TO_CARE: HELP_TO_CARE\nPERSONAL_BUDGET: PERSONAL_BUDGET\nWORK_ASSISTANCE: WORK_ASSISTANCE\nPRIVATE: PRIVATE\nOTHER: OTHER', enum_type=FundingInstrument, max_length=25),
        ),
        ops.AddField(
            model_name='NotificationSetting',
            name='kinds_off',
            field=ArrayField(null=True, element_type='TEXT'),
        ),
        ops.AddField(
            model_name='NotificationSetting',
            name='kinds_on',
            field=ArrayField(null=True, element_type='TEXT'),
        ),
    ]
