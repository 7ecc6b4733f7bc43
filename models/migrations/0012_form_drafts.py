from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.form import FormName
from domain.ids import uuid7
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0011_delegations')]

    initial = False

    operations = [
        ops.CreateModel(
            name='FormDraft',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('form', fields.CharEnumField(description='SEEKER: SEEKER\nSEEKER_BY_PHONE: SEEKER_BY_PHONE\nASSISTANT: ASSISTANT\nPROVIDER: PROVIDER\nCOORDINATOR: COORDINATOR\nREPRESENTATIVE: REPRESENTATIVE\nSEEKER_PROFILE: SEEKER_PROFILE\nASSISTANT_PROFILE: ASSISTANT_PROFILE\nCONTACT: CONTACT', enum_type=FormName, max_length=20)),
                ('sealed', fields.BinaryField()),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'form_drafts', 'app': 'models', 'pk_attr': 'id', 'table_description': "What was filled in so far. Only the portal's secret opens `sealed`; no dump shows it."},
            bases=['Model'],
        ),
        ops.AlterModelOptions(
            name='Consent',
            options={'table': 'consents', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One agreement of one account; `actor` and `withdrawn_by` are who did it for somebody else.'},
        ),
        ops.AddField(
            model_name='Consent',
            name='actor',
            field=fields.ForeignKeyField('models.User', source_field='actor_id', null=True, db_constraint=True, to_field='id', related_name='given_consents', on_delete=OnDelete.SET_NULL),
        ),
        ops.AddField(
            model_name='Consent',
            name='withdrawn_by',
            field=fields.ForeignKeyField('models.User', source_field='withdrawn_by_id', null=True, db_constraint=True, to_field='id', related_name='withdrawn_consents', on_delete=OnDelete.SET_NULL),
        ),
    ]
