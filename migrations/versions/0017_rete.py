"""Rete: categorie, adesioni, rappresentanti."""

from alembic import op
import sqlalchemy as sa


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "categoria_rete",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("aperta", sa.Boolean(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("ordine >= 0", name=op.f("ck_categoria_rete_ordine")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_categoria_rete_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categoria_rete")),
        sa.UniqueConstraint("ambito_id", "nome", name=op.f("uq_categoria_rete_ambito_id_nome")),
    )
    with op.batch_alter_table("categoria_rete", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_categoria_rete_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "adesione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=False),
        sa.Column("categoria_id", sa.Integer(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "richiesta",
                "ammessa",
                "respinta",
                "ritirata",
                "recessa",
                "esclusa",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attiva", sa.Integer(), nullable=True),
        sa.Column("presentazione", sa.Text(), nullable=False),
        sa.Column("dichiarazione", sa.Text(), nullable=False),
        sa.Column("rilevazione_id", sa.Integer(), nullable=True),
        sa.Column("chiesta_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chiesta_da", sa.Integer(), nullable=True),
        sa.Column("decisa_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decisa_da", sa.Integer(), nullable=True),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("atto", sa.String(length=300), nullable=True),
        sa.Column("ammessa_il", sa.Date(), nullable=True),
        sa.Column("cessata_il", sa.Date(), nullable=True),
        sa.Column("motivo_fine", sa.Text(), nullable=False),
        sa.Column("atto_fine", sa.String(length=300), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'esclusa') = (atto_fine IS NOT NULL)", name=op.f("ck_adesione_esclusa_con_atto")),
        sa.CheckConstraint(
            "(stato IN ('ammessa', 'recessa', 'esclusa')) = (ammessa_il IS NOT NULL)", name=op.f("ck_adesione_nella_rete")
        ),
        sa.CheckConstraint("(stato IN ('recessa', 'esclusa')) = (cessata_il IS NOT NULL)", name=op.f("ck_adesione_cessata")),
        sa.CheckConstraint("(stato IN ('richiesta', 'ammessa')) = (attiva IS NOT NULL)", name=op.f("ck_adesione_viva")),
        sa.CheckConstraint("(stato IN ('richiesta', 'ritirata')) = (decisa_il IS NULL)", name=op.f("ck_adesione_decisa")),
        sa.CheckConstraint("(decisa_il IS NULL) = (atto IS NULL)", name=op.f("ck_adesione_decisa_con_atto")),
        sa.CheckConstraint("attiva IS NULL OR attiva = 1", name=op.f("ck_adesione_attiva")),
        sa.CheckConstraint("cessata_il IS NULL OR cessata_il >= ammessa_il", name=op.f("ck_adesione_periodo")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_adesione_ambito_id")),
        sa.ForeignKeyConstraint(["categoria_id"], ["categoria_rete.id"], name=op.f("fk_adesione_categoria_id")),
        sa.ForeignKeyConstraint(["chiesta_da"], ["utente.id"], name=op.f("fk_adesione_chiesta_da")),
        sa.ForeignKeyConstraint(["decisa_da"], ["utente.id"], name=op.f("fk_adesione_decisa_da")),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_adesione_ente_id")),
        sa.ForeignKeyConstraint(["rilevazione_id"], ["rilevazione_runts.id"], name=op.f("fk_adesione_rilevazione_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adesione")),
        sa.UniqueConstraint("ambito_id", "ente_id", "attiva", name="uq_adesione_una_per_ente"),
    )
    with op.batch_alter_table("adesione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adesione_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adesione_categoria_id"), ["categoria_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adesione_ente_id"), ["ente_id"], unique=False)
        batch_op.create_index("ix_adesione_registro", ["ambito_id", "ammessa_il"], unique=False)
        batch_op.create_index("ix_adesione_stato", ["ambito_id", "stato"], unique=False)

    op.create_table(
        "rappresentante",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adesione_id", sa.Integer(), nullable=False),
        sa.Column("utente_id", sa.Integer(), nullable=True),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("qualita", sa.String(length=300), nullable=False),
        sa.Column("delegato", sa.Boolean(), nullable=False),
        sa.Column("delega", sa.String(length=300), nullable=False),
        sa.Column("dal", sa.Date(), nullable=False),
        sa.Column("al", sa.Date(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT delegato OR delega <> ''", name=op.f("ck_rappresentante_delega_scritta")),
        sa.CheckConstraint("al IS NULL OR al >= dal", name=op.f("ck_rappresentante_periodo")),
        sa.ForeignKeyConstraint(["adesione_id"], ["adesione.id"], name=op.f("fk_rappresentante_adesione_id")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_rappresentante_ambito_id")),
        sa.ForeignKeyConstraint(["utente_id"], ["utente.id"], name=op.f("fk_rappresentante_utente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rappresentante")),
    )
    with op.batch_alter_table("rappresentante", schema=None) as batch_op:
        batch_op.create_index("ix_rappresentante_adesione", ["adesione_id", "dal"], unique=False)
        batch_op.create_index(batch_op.f("ix_rappresentante_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rappresentante_utente_id"), ["utente_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("rappresentante", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rappresentante_utente_id"))
        batch_op.drop_index(batch_op.f("ix_rappresentante_ambito_id"))
        batch_op.drop_index("ix_rappresentante_adesione")

    op.drop_table("rappresentante")
    with op.batch_alter_table("adesione", schema=None) as batch_op:
        batch_op.drop_index("ix_adesione_stato")
        batch_op.drop_index("ix_adesione_registro")
        batch_op.drop_index(batch_op.f("ix_adesione_ente_id"))
        batch_op.drop_index(batch_op.f("ix_adesione_categoria_id"))
        batch_op.drop_index(batch_op.f("ix_adesione_ambito_id"))

    op.drop_table("adesione")
    with op.batch_alter_table("categoria_rete", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_categoria_rete_ambito_id"))

    op.drop_table("categoria_rete")
