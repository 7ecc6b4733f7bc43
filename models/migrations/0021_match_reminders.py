from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0020_notification_settings')]

    initial = False

    operations = [
        ops.AddField(
            model_name='District',
            name='answer_days',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='decision_days',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='Match',
            name='shown_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
