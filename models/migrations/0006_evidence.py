from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.evidence import EvidenceKind, Exemption
from domain.ids import uuid7
from domain.user import Verdict
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0005_blocks')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CertificateLetter',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', db_constraint=True, to_field='id', related_name='letters', on_delete=OnDelete.CASCADE)),
                ('officer', fields.ForeignKeyField('models.User', source_field='officer_id', db_constraint=True, to_field='id', related_name='written_letters', on_delete=OnDelete.RESTRICT)),
                ('issued_on', fields.DateField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'certificate_letters', 'app': 'models', 'pk_attr': 'id', 'table_description': 'That somebody was given the letter that asks for the certificate of conduct, and when.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Evidence',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', db_constraint=True, to_field='id', related_name='evidence', on_delete=OnDelete.CASCADE)),
                ('officer', fields.ForeignKeyField('models.User', source_field='officer_id', db_constraint=True, to_field='id', related_name='seen_evidence', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='CERTIFICATE_OF_CONDUCT: CERTIFICATE_OF_CONDUCT\nMEASLES_PROTECTION: MEASLES_PROTECTION\nINTERVIEW: INTERVIEW\nTRAINING: TRAINING\nQUALIFICATION: QUALIFICATION\nINSURANCE: INSURANCE', enum_type=EvidenceKind, max_length=25)),
                ('verdict', fields.CharEnumField(null=True, description='CONFIRMED: CONFIRMED\nREJECTED: REJECTED', enum_type=Verdict, max_length=10)),
                ('seen_on', fields.DateField()),
                ('dated_on', fields.DateField(null=True)),
                ('valid_until', fields.DateField(null=True)),
                ('exemption', fields.CharEnumField(null=True, description='BORN_BEFORE_1971: BORN_BEFORE_1971\nCONTRAINDICATION: CONTRAINDICATION\nQUALIFIED: QUALIFIED', enum_type=Exemption, max_length=20)),
                ('quality', fields.ForeignKeyField('models.Quality', source_field='quality_id', null=True, db_constraint=True, to_field='code', on_delete=OnDelete.RESTRICT)),
                ('hours', fields.IntField(null=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'evidence', 'app': 'models', 'pk_attr': 'id', 'table_description': 'That something was shown: written once; a newer record of the same kind replaces it.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Assistant',
            name='proofs_told',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='Assistant',
            name='proofs_until',
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='certificate_months',
            field=fields.IntField(null=True),
        ),
    ]
