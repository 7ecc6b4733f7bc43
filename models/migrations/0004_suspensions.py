from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.suspension import SuspensionReason
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0003_talks_by_appointment')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Suspension',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='suspensions', on_delete=OnDelete.CASCADE)),
                ('officer', fields.ForeignKeyField('models.User', source_field='officer_id', db_constraint=True, to_field='id', related_name='made_suspensions', on_delete=OnDelete.RESTRICT)),
                ('reason', fields.CharEnumField(description='REPORTED: REPORTED\nPROOF_DOUBTFUL: PROOF_DOUBTFUL\nINACTIVE: INACTIVE\nOTHER: OTHER', enum_type=SuspensionReason, max_length=15)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'suspensions', 'app': 'models', 'pk_attr': 'id', 'table_description': "One suspension of one account; its end is in the account's history."},
            bases=['Model'],
        ),
    ]
