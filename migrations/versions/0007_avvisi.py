"""Avvisi."""

from alembic import op
import sqlalchemy as sa


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "avviso",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("anno", sa.Integer(), nullable=True),
        sa.Column("numero", sa.Integer(), nullable=True),
        sa.Column(
            "tipo",
            sa.Enum(
                "coprogettazione",
                "coprogrammazione",
                "accreditamento",
                "convenzione_art_56",
                name="tipo",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stato",
            sa.Enum(
                "bozza",
                "pubblicato",
                "chiuso",
                "esito_pubblicato",
                "revocato",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("sommario", sa.Text(), nullable=False),
        sa.Column("oggetto", sa.Text(), nullable=False),
        sa.Column("base_giuridica", sa.Text(), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("fasi", sa.Text(), nullable=False),
        sa.Column("privacy", sa.Text(), nullable=False),
        sa.Column("risorse", sa.BigInteger(), nullable=True),
        sa.Column("risorse_nota", sa.Text(), nullable=False),
        sa.Column("durata", sa.String(length=300), nullable=False),
        sa.Column("rup", sa.String(length=300), nullable=False),
        sa.Column("contatti", sa.Text(), nullable=False),
        sa.Column("cup", sa.String(length=40), nullable=True),
        sa.Column("atto", sa.String(length=300), nullable=True),
        sa.Column("scheda_id", sa.Integer(), nullable=True),
        sa.Column("soglia", sa.Integer(), nullable=False),
        sa.Column("termine", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chiarimenti_entro", sa.DateTime(timezone=True), nullable=True),
        sa.Column("creato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pubblicato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chiuso_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("esito_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("motivo_revoca", sa.Text(), nullable=True),
        sa.Column("esempio", sa.Boolean(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'bozza') = (pubblicato_il IS NULL)", name=op.f("ck_avviso_pubblicato")),
        sa.CheckConstraint("(stato = 'revocato') = (motivo_revoca IS NOT NULL)", name=op.f("ck_avviso_revocato")),
        sa.CheckConstraint(
            "stato = 'bozza' OR (termine IS NOT NULL AND numero IS NOT NULL)", name=op.f("ck_avviso_termine")
        ),
        sa.CheckConstraint("risorse IS NULL OR risorse >= 0", name=op.f("ck_avviso_risorse")),
        sa.CheckConstraint("soglia BETWEEN 0 AND 100", name=op.f("ck_avviso_soglia")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_avviso_ambito_id")),
        sa.ForeignKeyConstraint(["scheda_id"], ["scheda.id"], name=op.f("fk_avviso_scheda_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avviso")),
        sa.UniqueConstraint("ambito_id", "anno", "numero", name=op.f("uq_avviso_ambito_id_anno_numero")),
        sa.UniqueConstraint("ambito_id", "slug", name=op.f("uq_avviso_ambito_id_slug")),
    )
    with op.batch_alter_table("avviso", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_avviso_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_avviso_aperti", ["stato", "termine"], unique=False)

    op.create_table(
        "criterio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("descrizione", sa.Text(), nullable=False),
        sa.Column("peso", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("peso > 0 AND peso <= 100", name=op.f("ck_criterio_peso")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_criterio_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_criterio_avviso_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterio")),
        sa.UniqueConstraint("avviso_id", "ordine", name=op.f("uq_criterio_avviso_id_ordine")),
    )
    with op.batch_alter_table("criterio", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criterio_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "dichiarazione_richiesta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("norma", sa.String(length=300), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_dichiarazione_richiesta_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_dichiarazione_richiesta_avviso_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dichiarazione_richiesta")),
        sa.UniqueConstraint("avviso_id", "ordine", name=op.f("uq_dichiarazione_richiesta_avviso_id_ordine")),
    )
    with op.batch_alter_table("dichiarazione_richiesta", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dichiarazione_richiesta_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "documento_richiesto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("descrizione", sa.Text(), nullable=False),
        sa.Column("obbligatorio", sa.Boolean(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_documento_richiesto_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_documento_richiesto_avviso_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documento_richiesto")),
        sa.UniqueConstraint("avviso_id", "ordine", name=op.f("uq_documento_richiesto_avviso_id_ordine")),
    )
    with op.batch_alter_table("documento_richiesto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documento_richiesto_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "lotto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("per_chi", sa.Text(), nullable=False),
        sa.Column("esempi", sa.Text(), nullable=False),
        sa.Column("importo", sa.BigInteger(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_lotto_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_lotto_avviso_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lotto")),
        sa.UniqueConstraint("avviso_id", "numero", name=op.f("uq_lotto_avviso_id_numero")),
    )
    with op.batch_alter_table("lotto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lotto_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "requisito",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column(
            "tipo",
            sa.Enum(
                "iscrizione_runts",
                "iscrizione_mesi",
                "sezione_runts",
                "attivita_statutaria",
                "bollo",
                "assenza_esclusioni",
                "esperienza",
                "doppio_finanziamento",
                "altro",
                name="tipo",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("norma", sa.String(length=300), nullable=False),
        sa.Column("parametro", sa.String(length=300), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_requisito_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_requisito_avviso_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requisito")),
        sa.UniqueConstraint("avviso_id", "ordine", name=op.f("uq_requisito_avviso_id_ordine")),
    )
    with op.batch_alter_table("requisito", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requisito_ambito_id"), ["ambito_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("requisito", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requisito_ambito_id"))

    op.drop_table("requisito")
    with op.batch_alter_table("lotto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lotto_ambito_id"))

    op.drop_table("lotto")
    with op.batch_alter_table("documento_richiesto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documento_richiesto_ambito_id"))

    op.drop_table("documento_richiesto")
    with op.batch_alter_table("dichiarazione_richiesta", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dichiarazione_richiesta_ambito_id"))

    op.drop_table("dichiarazione_richiesta")
    with op.batch_alter_table("criterio", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criterio_ambito_id"))

    op.drop_table("criterio")
    with op.batch_alter_table("avviso", schema=None) as batch_op:
        batch_op.drop_index("ix_avviso_aperti")
        batch_op.drop_index(batch_op.f("ix_avviso_ambito_id"))

    op.drop_table("avviso")
