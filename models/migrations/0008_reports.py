from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.report import ReportReason
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0007_second_factors')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Report',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('reporter', fields.ForeignKeyField('models.User', source_field='reporter_id', db_constraint=True, to_field='id', related_name='reports', on_delete=OnDelete.CASCADE)),
                ('subject', fields.ForeignKeyField('models.User', source_field='subject_id', null=True, db_constraint=True, to_field='id', related_name='reported', on_delete=OnDelete.CASCADE)),
                ('provider', fields.ForeignKeyField('models.Provider', source_field='provider_id', null=True, db_constraint=True, to_field='id', related_name='reported', on_delete=OnDelete.CASCADE)),
                ('reason', fields.CharEnumField(description='SAFETY: SAFETY\nBEHAVIOUR: BEHAVIOUR\nFRAUD: FRAUD\nNOT_AS_AGREED: NOT_AS_AGREED\nOTHER: OTHER', enum_type=ReportReason, max_length=15)),
                ('note', fields.TextField(default='', unique=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('handled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('officer', fields.ForeignKeyField('models.User', source_field='officer_id', null=True, db_constraint=True, to_field='id', related_name='handled_reports', on_delete=OnDelete.SET_NULL)),
            ],
            options={'table': 'reports', 'app': 'models', 'pk_attr': 'id', 'table_description': 'Written once, then handled once; a report about a provider has no subject.'},
            bases=['Model'],
        ),
    ]
