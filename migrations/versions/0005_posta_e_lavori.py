"""Messaggi in uscita e lavori lunghi."""

from alembic import op
import sqlalchemy as sa


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lavoro",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=True),
        sa.Column("nome", sa.String(length=40), nullable=False),
        sa.Column("argomenti", sa.Text(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "in_coda",
                "in_corso",
                "finito",
                "fallito",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("fatto", sa.Integer(), nullable=False),
        sa.Column("totale", sa.Integer(), nullable=True),
        sa.Column("tentativi", sa.Integer(), nullable=False),
        sa.Column("errore", sa.String(length=300), nullable=True),
        sa.Column("creato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("affitto_fino", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fatto >= 0 AND (totale IS NULL OR fatto <= totale)", name=op.f("ck_lavoro_avanzamento")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_lavoro_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lavoro")),
    )
    with op.batch_alter_table("lavoro", schema=None) as batch_op:
        batch_op.create_index("ix_lavoro_coda", ["stato", "affitto_fino"], unique=False)

    op.create_table(
        "messaggio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=True),
        sa.Column("destinatario", sa.String(length=300), nullable=False),
        sa.Column("oggetto", sa.String(length=300), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("riferimento_tipo", sa.String(length=40), nullable=True),
        sa.Column("riferimento_id", sa.Integer(), nullable=True),
        sa.Column("trattenuto", sa.Boolean(), nullable=False),
        sa.Column("creato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prossimo_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tentativi", sa.Integer(), nullable=False),
        sa.Column("inviato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("errore", sa.String(length=300), nullable=True),
        sa.CheckConstraint("inviato_il IS NULL OR errore IS NULL", name=op.f("ck_messaggio_esito")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_messaggio_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messaggio")),
    )
    with op.batch_alter_table("messaggio", schema=None) as batch_op:
        batch_op.create_index("ix_messaggio_coda", ["inviato_il", "prossimo_il"], unique=False)
        batch_op.create_index("ix_messaggio_riferimento", ["riferimento_tipo", "riferimento_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("messaggio", schema=None) as batch_op:
        batch_op.drop_index("ix_messaggio_riferimento")
        batch_op.drop_index("ix_messaggio_coda")

    op.drop_table("messaggio")
    with op.batch_alter_table("lavoro", schema=None) as batch_op:
        batch_op.drop_index("ix_lavoro_coda")

    op.drop_table("lavoro")
