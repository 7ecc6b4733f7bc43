from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.states import DelegationState
from domain.viewer import DelegationKind, Role
from models.message import MessageState
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0010_providers')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Delegation',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('principal', fields.ForeignKeyField('models.User', source_field='principal_id', db_constraint=True, to_field='id', related_name='delegations', on_delete=OnDelete.CASCADE)),
                ('delegate', fields.ForeignKeyField('models.User', source_field='delegate_id', null=True, db_constraint=True, to_field='id', related_name='acts_for', on_delete=OnDelete.CASCADE)),
                ('officer', fields.ForeignKeyField('models.User', source_field='officer_id', null=True, db_constraint=True, to_field='id', related_name='recorded_delegations', on_delete=OnDelete.SET_NULL)),
                ('kind', fields.CharEnumField(description='GUARDIAN: GUARDIAN\nRELATIVE: RELATIVE\nTRUSTED_PERSON: TRUSTED_PERSON\nCUSTOMER_SERVICE: CUSTOMER_SERVICE', enum_type=DelegationKind, max_length=20)),
                ('email', fields.CharField(null=True, max_length=254)),
                ('state', fields.CharEnumField(description='INVITED: INVITED\nACTIVE: ACTIVE\nENDED: ENDED', enum_type=DelegationState, max_length=10)),
                ('version', fields.IntField(default=1)),
                ('valid_until', fields.DateField(null=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'delegations', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One person acts for another. The address is kept as the principal wrote it.'},
            bases=['Model'],
        ),
        ops.AlterField(
            model_name='Message',
            name='state',
            field=fields.CharEnumField(default=MessageState.WAITING, description='WAITING: WAITING\nSENT: SENT\nFAILED: FAILED\nCANCELLED: CANCELLED\nTO_TELL: TO_TELL', enum_type=MessageState, max_length=10),
        ),
        ops.AddField(
            model_name='Transition',
            name='principal',
            field=fields.ForeignKeyField('models.User', source_field='principal_id', null=True, db_constraint=True, to_field='id', related_name='done_for', on_delete=OnDelete.SET_NULL),
        ),
        ops.AlterField(
            model_name='User',
            name='email',
            field=fields.CharField(null=True, max_length=254),
        ),
        ops.AlterField(
            model_name='User',
            name='role',
            field=fields.CharEnumField(description='ANONYMOUS: ANONYMOUS\nSEEKER: SEEKER\nASSISTANT: ASSISTANT\nCOORDINATOR: COORDINATOR\nREPRESENTATIVE: REPRESENTATIVE\nCUSTOMER_SERVICE: CUSTOMER_SERVICE\nADMINISTRATION: ADMINISTRATION\nSYSTEM: SYSTEM', enum_type=Role, max_length=20),
        ),
    ]
