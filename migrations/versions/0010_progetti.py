"""Progetti e impegni."""

from alembic import op
import sqlalchemy as sa


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "progetto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("sintesi", sa.Text(), nullable=False),
        sa.Column("contributo", sa.BigInteger(), nullable=False),
        sa.Column("atto", sa.String(length=300), nullable=False),
        sa.Column("approvato_il", sa.Date(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum("da_legare", "attivo", "concluso", name="stato", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("creato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attivo_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'da_legare') = (attivo_il IS NULL)", name=op.f("ck_progetto_attivo")),
        sa.CheckConstraint("contributo > 0", name=op.f("ck_progetto_contributo")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_progetto_ambito_id")),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_progetto_ente_id")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_progetto_proposta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progetto")),
        sa.UniqueConstraint("ambito_id", "slug", name=op.f("uq_progetto_ambito_id_slug")),
        sa.UniqueConstraint("proposta_id", name=op.f("uq_progetto_proposta_id")),
    )
    with op.batch_alter_table("progetto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progetto_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "impegno",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("progetto_id", sa.Integer(), nullable=False),
        sa.Column("riga_id", sa.Integer(), nullable=False),
        sa.Column("importo", sa.BigInteger(), nullable=False),
        sa.Column("residuo_prima", sa.BigInteger(), nullable=False),
        sa.Column("sforamento_motivo", sa.Text(), nullable=True),
        sa.Column("sforamento_da", sa.Integer(), nullable=True),
        sa.Column("creato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("creato_da", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(sforamento_motivo IS NULL) = (sforamento_da IS NULL)", name=op.f("ck_impegno_sforamento_da")),
        sa.CheckConstraint(
            "importo <= residuo_prima OR sforamento_motivo IS NOT NULL", name=op.f("ck_impegno_sforamento_motivo")
        ),
        sa.CheckConstraint("importo > 0", name=op.f("ck_impegno_importo")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_impegno_ambito_id")),
        sa.ForeignKeyConstraint(["creato_da"], ["utente.id"], name=op.f("fk_impegno_creato_da")),
        sa.ForeignKeyConstraint(["progetto_id"], ["progetto.id"], name=op.f("fk_impegno_progetto_id")),
        sa.ForeignKeyConstraint(["riga_id"], ["riga_bilancio.id"], name=op.f("fk_impegno_riga_id")),
        sa.ForeignKeyConstraint(["sforamento_da"], ["utente.id"], name=op.f("fk_impegno_sforamento_da")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impegno")),
    )
    with op.batch_alter_table("impegno", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impegno_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_impegno_progetto", ["progetto_id"], unique=False)
        batch_op.create_index("ix_impegno_riga", ["ambito_id", "riga_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("impegno", schema=None) as batch_op:
        batch_op.drop_index("ix_impegno_riga")
        batch_op.drop_index("ix_impegno_progetto")
        batch_op.drop_index(batch_op.f("ix_impegno_ambito_id"))

    op.drop_table("impegno")
    with op.batch_alter_table("progetto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progetto_ambito_id"))

    op.drop_table("progetto")
