from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0022_appointments')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Appointment',
            name='gap',
            field=fields.BooleanField(db_default=False),
        ),
    ]
