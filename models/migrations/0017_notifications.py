from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.ids import uuid7
from domain.notification import NotificationState, NotificationTopic
from tortoise.fields.base import OnDelete
from tortoise import fields
# The mails of before are news that has been read; a mail and its news share their id.
WHAT_CAME_BEFORE = (
    """
    INSERT INTO notifications
      (id, kind, topic, receiver_id, version, reference, state, created_at, read_at)
    SELECT id, upper(kind),
      CASE split_part(kind, '_', 1)
        WHEN 'confirm' THEN 'SECURITY' WHEN 'reset' THEN 'SECURITY'
        WHEN 'already' THEN 'SECURITY' WHEN 'password' THEN 'SECURITY'
        WHEN 'second' THEN 'SECURITY' WHEN 'phone' THEN 'SECURITY'
        WHEN 'delegation' THEN 'SECURITY'
        WHEN 'talk' THEN 'DATES' WHEN 'proof' THEN 'DATES'
        WHEN 'order' THEN 'MATCHES' WHEN 'inquiry' THEN 'MATCHES'
        WHEN 'acceptance' THEN 'MATCHES' WHEN 'nominated' THEN 'MATCHES'
        WHEN 'nominee' THEN 'MATCHES' WHEN 'nomination' THEN 'MATCHES'
        WHEN 'contract' THEN 'CONTRACT'
        ELSE 'ACCOUNT' END,
      receiver_id, version, reference, 'READ', created_at, now()
    FROM messages WHERE channel = 'EMAIL'
    """,
    "UPDATE messages SET notification_id = id WHERE channel = 'EMAIL'",
)


class Migration(migrations.Migration):
    dependencies = [('models', '0016_message_references')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Notification',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=40)),
                ('topic', fields.CharEnumField(description='SECURITY: SECURITY\nDATES: DATES\nMATCHES: MATCHES\nMESSAGES: MESSAGES\nCONTRACT: CONTRACT\nACCOUNT: ACCOUNT', enum_type=NotificationTopic, max_length=10)),
                ('receiver', fields.ForeignKeyField('models.User', source_field='receiver_id', db_constraint=True, to_field='id', related_name='notifications', on_delete=OnDelete.CASCADE)),
                ('version', fields.IntField()),
                ('reference', fields.UUIDField(null=True)),
                ('state', fields.CharEnumField(default=NotificationState.UNREAD, description='UNREAD: UNREAD\nREAD: READ', enum_type=NotificationState, max_length=6)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('read_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'notifications', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One piece of news for one person; its messages say which ways it went, and how far.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Message',
            name='notification',
            field=fields.ForeignKeyField('models.Notification', source_field='notification_id', null=True, db_constraint=True, to_field='id', related_name='deliveries', on_delete=OnDelete.CASCADE),
        ),
        ops.RunSQL(WHAT_CAME_BEFORE),
    ]
