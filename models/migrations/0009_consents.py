from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.consent import ConsentKind
from domain.ids import uuid7
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0008_reports')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ConsentText',
            fields=[
                ('digest', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('kind', fields.CharEnumField(description='PRIVACY: PRIVACY\nWITHDRAWAL: WITHDRAWAL\nTERMS: TERMS\nPROCESSING: PROCESSING\nHEALTH_DATA: HEALTH_DATA', enum_type=ConsentKind, max_length=12)),
                ('version', fields.IntField()),
                ('language', fields.CharField(max_length=15)),
                ('title', fields.CharField(max_length=200)),
                ('text', fields.TextField(unique=False)),
            ],
            options={'table': 'consent_texts', 'app': 'models', 'pk_attr': 'digest', 'table_description': 'A text that somebody agreed to, under its SHA-256; never changed.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Consent',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='consents', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='PRIVACY: PRIVACY\nWITHDRAWAL: WITHDRAWAL\nTERMS: TERMS\nPROCESSING: PROCESSING\nHEALTH_DATA: HEALTH_DATA', enum_type=ConsentKind, max_length=12)),
                ('version', fields.IntField()),
                ('text', fields.ForeignKeyField('models.ConsentText', source_field='text_id', db_constraint=True, to_field='digest', on_delete=OnDelete.RESTRICT)),
                ('given_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('withdrawn_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'consents', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One agreement of one account.'},
            bases=['OfAccount', 'Model'],
        ),
    ]
