from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0004_suspensions')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Block',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('seeker', fields.ForeignKeyField('models.Seeker', source_field='seeker_id', db_constraint=True, to_field='id', related_name='blocks', on_delete=OnDelete.CASCADE)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', null=True, db_constraint=True, to_field='id', related_name='blocks', on_delete=OnDelete.CASCADE)),
                ('provider', fields.ForeignKeyField('models.Provider', source_field='provider_id', null=True, db_constraint=True, to_field='id', related_name='blocks', on_delete=OnDelete.CASCADE)),
                ('by_seeker', fields.BooleanField()),
                ('named', fields.BooleanField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'blocks', 'app': 'models', 'unique_together': (('seeker', 'assistant', 'by_seeker'), ('seeker', 'provider', 'by_seeker')), 'pk_attr': 'id', 'table_description': "One side's wish; the other side is never told."},
            bases=['Model'],
        ),
    ]
