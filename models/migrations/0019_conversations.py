from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.conversation import Speaker
from domain.ids import uuid7
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0018_meetings')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Conversation',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('match', fields.OneToOneField('models.Match', source_field='match_id', db_constraint=True, to_field='id', related_name='conversation', on_delete=OnDelete.CASCADE)),
                ('last_message_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'conversations', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One per match that was ever accepted: a trigger makes it with the first yes.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ConversationMessage',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('conversation', fields.ForeignKeyField('models.Conversation', source_field='conversation_id', db_constraint=True, to_field='id', related_name='messages', on_delete=OnDelete.CASCADE)),
                ('side', fields.CharEnumField(description='SEEKER: SEEKER\nACCEPTOR: ACCEPTOR', enum_type=Speaker, max_length=10)),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', null=True, db_constraint=True, to_field='id', related_name='written', on_delete=OnDelete.SET_NULL)),
                ('principal', fields.ForeignKeyField('models.User', source_field='principal_id', null=True, db_constraint=True, to_field='id', related_name='written_for', on_delete=OnDelete.SET_NULL)),
                ('text', fields.TextField(unique=False)),
                ('sent_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('read_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'conversation_messages', 'app': 'models', 'pk_attr': 'id', 'table_description': 'What somebody has written. Written once; `read_at` is when the other side had read it.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Report',
            name='message',
            field=fields.ForeignKeyField('models.ConversationMessage', source_field='message_id', null=True, db_constraint=True, to_field='id', related_name='reports', on_delete=OnDelete.SET_NULL),
        ),
    ]
