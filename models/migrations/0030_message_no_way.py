from tortoise import migrations
from tortoise.migrations import operations as ops
from models.message import MessageState
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0029_notification_kinds')]

    initial = False

    operations = [
        ops.AlterField(
            model_name='Message',
            name='state',
            field=fields.CharEnumField(default=MessageState.WAITING, description='WAITING: WAITING\nSENT: SENT\nFAILED: FAILED\nCANCELLED: CANCELLED\nTO_TELL: TO_TELL\nNO_WAY: NO_WAY', enum_type=MessageState, max_length=10),
        ),
    ]
