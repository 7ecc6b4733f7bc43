from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.match import AcceptorKind
from tortoise.fields.db_defaults import Now
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0023_appointment_gaps')]

    initial = False

    operations = [
        ops.CreateModel(
            name='FoundCount',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('acceptor', fields.UUIDField()),
                ('kind', fields.CharEnumField(description='ASSISTANT: ASSISTANT\nPROVIDER: PROVIDER', enum_type=AcceptorKind, max_length=10)),
                ('month', fields.DateField()),
                ('found', fields.IntField()),
                ('accepted', fields.IntField()),
                ('contracted', fields.IntField()),
            ],
            options={'table': 'found_counts', 'app': 'models', 'unique_together': (('acceptor', 'month'),), 'pk_attr': 'id', 'table_description': "One acceptor's numbers of one month, for the report of the year."},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Order',
            name='edited_at',
            field=fields.DatetimeField(db_default=Now(), auto_now=False, auto_now_add=False),
        ),
    ]
