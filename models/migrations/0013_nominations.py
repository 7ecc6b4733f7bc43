from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.states import NominationState
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0012_form_drafts')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Nomination',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('match', fields.ForeignKeyField('models.Match', source_field='match_id', db_constraint=True, to_field='id', related_name='nominations', on_delete=OnDelete.CASCADE)),
                ('assistant', fields.ForeignKeyField('models.Assistant', source_field='assistant_id', db_constraint=True, to_field='id', related_name='nominations', on_delete=OnDelete.CASCADE)),
                ('state', fields.CharEnumField(description='NOMINATED: NOMINATED\nCHOSEN: CHOSEN\nDECLINED: DECLINED\nWITHDRAWN: WITHDRAWN', enum_type=NominationState, max_length=10)),
                ('version', fields.IntField(default=1)),
                ('fits', fields.BooleanField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'nominations', 'app': 'models', 'pk_attr': 'id', 'table_description': "One assistant for one provider's match; `fits` says what matching found at that moment."},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Match',
            name='nominee',
            field=fields.ForeignKeyField('models.Assistant', source_field='nominee_id', null=True, db_constraint=True, to_field='id', related_name='chosen_for', on_delete=OnDelete.SET_NULL),
        ),
    ]
