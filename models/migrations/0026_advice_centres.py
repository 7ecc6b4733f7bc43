from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.advice_centre import AdviceKind
from domain.ids import uuid7
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0025_district_matching')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AdviceCentre',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('district', fields.ForeignKeyField('models.District', source_field='district_id', db_constraint=True, to_field='key', related_name='advice_centres', on_delete=OnDelete.CASCADE)),
                ('position', fields.IntField()),
                ('kind', fields.CharEnumField(description='TEILHABEBERATUNG: TEILHABEBERATUNG\nPFLEGESTUETZPUNKT: PFLEGESTUETZPUNKT\nTRAEGER: TRAEGER', enum_type=AdviceKind, max_length=20)),
                ('name', fields.CharField(max_length=200)),
                ('address', fields.CharField(max_length=200)),
                ('phone', fields.CharField(null=True, max_length=40)),
                ('email', fields.CharField(null=True, max_length=254)),
                ('web', fields.CharField(null=True, max_length=500)),
                ('hours', fields.CharField(null=True, max_length=200)),
                ('postcodes', ArrayField(element_type='TEXT')),
            ],
            options={'table': 'advice_centres', 'app': 'models', 'unique_together': (('district', 'position'),), 'pk_attr': 'id', 'table_description': 'A place that advises; without postcodes it does so for the whole district.'},
            bases=['Public', 'Model'],
        ),
    ]
