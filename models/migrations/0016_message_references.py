from tortoise import migrations
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    dependencies = [('models', '0015_contracts')]

    initial = False

    operations = [
        ops.RemoveConstraint(
            model_name='Message',
            name=None,
            fields=['receiver', 'kind', 'version', 'channel'],
        ),
    ]
