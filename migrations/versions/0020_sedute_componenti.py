"""Documenti dei punti, risposte e prove dei convocati, punti proposti dai componenti."""

from alembic import op
import sqlalchemy as sa


revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CANALI = "canale IN ('email', 'pec', 'mano')"
RISPOSTE = "risposta IN ('viene', 'non_viene', 'delega')"


def upgrade() -> None:
    op.add_column(
        "organo", sa.Column("deleghe_ai_componenti", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("convocato", schema=None) as batch_op:
        batch_op.alter_column("provata_il", new_column_name="consegnata_il", existing_type=sa.DateTime(timezone=True))
        batch_op.add_column(sa.Column("canale", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("letta_il", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("risposta", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("risposta_il", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("motivo_assenza", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("giustificata", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("delegato_seggio_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("delega_nota", sa.Text(), nullable=False, server_default=""))
        batch_op.create_foreign_key(op.f("fk_convocato_delegato_seggio_id"), "seggio", ["delegato_seggio_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_convocato_delegato_seggio_id"), ["delegato_seggio_id"], unique=False)
        batch_op.create_check_constraint(op.f("ck_convocato_canale"), CANALI)
        batch_op.create_check_constraint(op.f("ck_convocato_risposta"), RISPOSTE)
        batch_op.create_check_constraint(op.f("ck_convocato_risposta_il"), "(risposta IS NULL) = (risposta_il IS NULL)")
        batch_op.create_check_constraint(op.f("ck_convocato_giustificata"), "risposta = 'non_viene' OR NOT giustificata")
        batch_op.create_check_constraint(
            op.f("ck_convocato_delegato"), "delegato_seggio_id IS NULL OR delegato != ''"
        )
    op.execute("UPDATE convocato SET canale = 'email' WHERE spedita_il IS NOT NULL")
    op.execute("UPDATE convocato SET risposta = 'delega', risposta_il = CURRENT_TIMESTAMP WHERE delegato != ''")

    op.create_table(
        "punto_documento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("punto_id", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("riservato", sa.Boolean(), nullable=False),
        sa.Column("pagine", sa.Integer(), nullable=True),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("tipo", sa.String(length=300), nullable=False),
        sa.Column("dimensione", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("chiave", sa.String(length=300), nullable=False),
        sa.Column("firma", sa.String(length=40), nullable=True),
        sa.Column("caricato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caricato_da", sa.Integer(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("dimensione > 0", name=op.f("ck_punto_documento_dimensione")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_punto_documento_sha256")),
        sa.CheckConstraint("pagine IS NULL OR pagine > 0", name=op.f("ck_punto_documento_pagine")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_punto_documento_ambito_id")),
        sa.ForeignKeyConstraint(["caricato_da"], ["utente.id"], name=op.f("fk_punto_documento_caricato_da")),
        sa.ForeignKeyConstraint(["punto_id"], ["punto.id"], name=op.f("fk_punto_documento_punto_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_punto_documento")),
    )
    with op.batch_alter_table("punto_documento", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_punto_documento_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_punto_documento_punto_id"), ["punto_id"], unique=False)

    op.create_table(
        "punto_proposto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organo_id", sa.Integer(), nullable=False),
        sa.Column("seggio_id", sa.Integer(), nullable=False),
        sa.Column("utente_id", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "proposto", "accolto", "respinto", name="stato", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("proposto_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deciso_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("risposta", sa.Text(), nullable=False),
        sa.Column("punto_id", sa.Integer(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'accolto') = (punto_id IS NOT NULL)", name=op.f("ck_punto_proposto_accolto")),
        sa.CheckConstraint("(stato = 'proposto') = (deciso_il IS NULL)", name=op.f("ck_punto_proposto_deciso")),
        sa.CheckConstraint("stato != 'respinto' OR risposta != ''", name=op.f("ck_punto_proposto_respinto")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_punto_proposto_ambito_id")),
        sa.ForeignKeyConstraint(["organo_id"], ["organo.id"], name=op.f("fk_punto_proposto_organo_id")),
        sa.ForeignKeyConstraint(["punto_id"], ["punto.id"], name=op.f("fk_punto_proposto_punto_id")),
        sa.ForeignKeyConstraint(["seggio_id"], ["seggio.id"], name=op.f("fk_punto_proposto_seggio_id")),
        sa.ForeignKeyConstraint(["utente_id"], ["utente.id"], name=op.f("fk_punto_proposto_utente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_punto_proposto")),
    )
    with op.batch_alter_table("punto_proposto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_punto_proposto_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_punto_proposto_organo", ["organo_id", "stato"], unique=False)
        batch_op.create_index(batch_op.f("ix_punto_proposto_punto_id"), ["punto_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_punto_proposto_utente_id"), ["utente_id"], unique=False)


def downgrade() -> None:
    op.drop_table("punto_proposto")
    op.drop_table("punto_documento")
    with op.batch_alter_table("convocato", schema=None) as batch_op:
        for vincolo in ("canale", "risposta", "risposta_il", "giustificata", "delegato"):
            batch_op.drop_constraint(op.f(f"ck_convocato_{vincolo}"), type_="check")
        batch_op.drop_index(batch_op.f("ix_convocato_delegato_seggio_id"))
        batch_op.drop_constraint(op.f("fk_convocato_delegato_seggio_id"), type_="foreignkey")
        for colonna in (
            "delega_nota", "delegato_seggio_id", "giustificata", "motivo_assenza", "risposta_il", "risposta", "letta_il",
            "canale",
        ):  # fmt: skip
            batch_op.drop_column(colonna)
        batch_op.alter_column("consegnata_il", new_column_name="provata_il", existing_type=sa.DateTime(timezone=True))
    with op.batch_alter_table("organo", schema=None) as batch_op:
        batch_op.drop_column("deleghe_ai_componenti")
