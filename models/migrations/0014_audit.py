from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

# What later rows are written with, for the rows from before, as far as it can still be known.
WHAT_CAME_BEFORE = (
    """
    UPDATE transitions t SET on_behalf = principal_id IS NOT NULL, role = coalesce(
      (SELECT role FROM users u WHERE u.id = coalesce(t.principal_id, t.actor_id)),
      CASE action WHEN 'REGISTER' THEN 'ANONYMOUS' ELSE 'SYSTEM' END)
    """,
    "UPDATE transitions SET person_id = aggregate WHERE machine = 'ACCOUNT'",
    """
    UPDATE transitions t SET order_id = o.id, person_id = o.seeker_id FROM orders o
    WHERE t.machine = 'ORDER' AND o.id = t.aggregate
    """,
    """
    UPDATE transitions t SET order_id = m.order_id, match_id = m.id FROM matches m
    WHERE t.machine = 'MATCH' AND m.id = t.aggregate
    """,
    """
    UPDATE transitions t SET person_id = o.seeker_id,
      other_id = coalesce(m.assistant_id, m.provider_id)
    FROM matches m JOIN orders o ON o.id = m.order_id
    WHERE t.machine = 'MATCH' AND m.id = t.aggregate AND ARRAY[t.source, t.target]::text[] &&
      ARRAY['ACCEPTED', 'ON_HOLD', 'REQUESTED', 'AWARDED', 'MEETING', 'CONTRACTED']
    """,
    """
    UPDATE transitions t SET person_id = b.user_id FROM talk_bookings b
    WHERE t.machine = 'TALK' AND b.id = t.aggregate
    """,
    """
    UPDATE transitions t SET person_id = a.user_id FROM applications a
    WHERE t.machine = 'APPLICATION' AND a.id = t.aggregate
    """,
    """
    UPDATE transitions t SET person_id = d.principal_id, other_id = d.delegate_id
    FROM delegations d WHERE t.machine = 'DELEGATION' AND d.id = t.aggregate
    """,
)


class Migration(migrations.Migration):
    dependencies = [('models', '0013_nominations')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AuditSeal',
            fields=[
                ('sequence', fields.BigIntField(primary_key=True, generated=False, unique=True, db_index=True)),
                ('transition', fields.OneToOneField('models.Transition', source_field='transition_id', db_constraint=False, to_field='id', related_name='seal', on_delete=OnDelete.CASCADE)),
                ('actor_code', fields.CharField(null=True, max_length=32)),
                ('principal_code', fields.CharField(null=True, max_length=32)),
                ('hash', fields.CharField(max_length=64)),
                ('sealed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'audit_seals', 'app': 'models', 'pk_attr': 'sequence', 'table_description': 'One link of the chain over the transitions: `domain.audit` says what `hash` is made of.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Transition',
            name='match',
            field=fields.ForeignKeyField('models.Match', source_field='match_id', null=True, db_constraint=False, to_field='id', related_name='timeline', on_delete=OnDelete.CASCADE),
        ),
        ops.AddField(
            model_name='Transition',
            name='on_behalf',
            field=fields.BooleanField(db_default=False),
        ),
        ops.AddField(
            model_name='Transition',
            name='order',
            field=fields.ForeignKeyField('models.Order', source_field='order_id', null=True, db_constraint=False, to_field='id', related_name='timeline', on_delete=OnDelete.CASCADE),
        ),
        ops.AddField(
            model_name='Transition',
            name='other_id',
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name='Transition',
            name='person_id',
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name='Transition',
            name='role',
            field=fields.CharField(db_default='SYSTEM', max_length=20),
        ),
        ops.RunSQL(WHAT_CAME_BEFORE),
    ]
