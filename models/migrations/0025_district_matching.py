from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0024_retention')]

    initial = False

    operations = [
        ops.AddField(
            model_name='District',
            name='order_days',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='smallest_told',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='District',
            name='suggestions_at_once',
            field=fields.IntField(null=True),
        ),
    ]
