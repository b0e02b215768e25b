"""Registro delle operazioni, di sole aggiunte."""

from alembic import op
import sqlalchemy as sa


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


SOLO_AGGIUNTE = {
    "sqlite": [
        "CREATE TRIGGER evento_no_update BEFORE UPDATE ON evento "
        "BEGIN SELECT RAISE(ABORT, 'registro di sole aggiunte'); END",
        "CREATE TRIGGER evento_no_delete BEFORE DELETE ON evento "
        "BEGIN SELECT RAISE(ABORT, 'registro di sole aggiunte'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION evento_sole_aggiunte() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'registro di sole aggiunte'; END $$",
        "CREATE TRIGGER evento_sole_aggiunte BEFORE UPDATE OR DELETE OR TRUNCATE ON evento "
        "FOR EACH STATEMENT EXECUTE FUNCTION evento_sole_aggiunte()",
    ],
}


def upgrade() -> None:
    op.create_table(
        "evento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catena", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("quando", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attore_id", sa.Integer(), nullable=True),
        sa.Column("azione", sa.String(length=40), nullable=False),
        sa.Column("oggetto_tipo", sa.String(length=40), nullable=False),
        sa.Column("oggetto_id", sa.Integer(), nullable=True),
        sa.Column("dettagli", sa.Text(), nullable=False),
        sa.Column("precedente", sa.String(length=64), nullable=False),
        sa.Column("impronta", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(impronta) = 64", name=op.f("ck_evento_impronta")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evento")),
        sa.UniqueConstraint("catena", "numero", name=op.f("uq_evento_catena_numero")),
    )
    with op.batch_alter_table("evento", schema=None) as batch_op:
        batch_op.create_index("ix_evento_oggetto", ["oggetto_tipo", "oggetto_id"], unique=False)

    op.create_table(
        "evento_testa",
        sa.Column("catena", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("impronta", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("catena", name=op.f("pk_evento_testa")),
    )
    for comando in SOLO_AGGIUNTE[op.get_bind().dialect.name]:
        op.execute(comando)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER evento_sole_aggiunte ON evento")
        op.execute("DROP FUNCTION evento_sole_aggiunte()")
    op.drop_table("evento_testa")
    with op.batch_alter_table("evento", schema=None) as batch_op:
        batch_op.drop_index("ix_evento_oggetto")

    op.drop_table("evento")
