"""Verbali: testi, osservazioni, omissis, file, rettifiche."""

from alembic import op
import sqlalchemy as sa


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "verbale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organo_id", sa.Integer(), nullable=False),
        sa.Column("seduta_id", sa.Integer(), nullable=False),
        sa.Column("anno", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("codice", sa.String(length=40), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "bozza",
                "in_revisione",
                "approvato",
                "firmato",
                "pubblicato",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sommario", sa.String(length=300), nullable=False),
        sa.Column("composto_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inviato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("osservazioni_entro", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fissato", sa.Text(), nullable=False),
        sa.Column("approvato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approvato_in", sa.Integer(), nullable=True),
        sa.Column("firmato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pubblicato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'pubblicato') = (pubblicato_il IS NOT NULL)", name=op.f("ck_verbale_pubblicato")),
        sa.CheckConstraint(
            "stato = 'bozza' OR (inviato_il IS NOT NULL AND osservazioni_entro IS NOT NULL)", name=op.f("ck_verbale_inviato")
        ),
        sa.CheckConstraint(
            "stato IN ('bozza', 'in_revisione') OR (approvato_il IS NOT NULL AND approvato_in IS NOT NULL AND fissato != '')",
            name=op.f("ck_verbale_approvato"),
        ),
        sa.CheckConstraint(
            "stato NOT IN ('firmato', 'pubblicato') OR firmato_il IS NOT NULL", name=op.f("ck_verbale_firmato")
        ),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_verbale_ambito_id")),
        sa.ForeignKeyConstraint(["approvato_in"], ["punto.id"], name=op.f("fk_verbale_approvato_in")),
        sa.ForeignKeyConstraint(["organo_id"], ["organo.id"], name=op.f("fk_verbale_organo_id")),
        sa.ForeignKeyConstraint(["seduta_id"], ["seduta.id"], name=op.f("fk_verbale_seduta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verbale")),
        sa.UniqueConstraint("codice", name=op.f("uq_verbale_codice")),
        sa.UniqueConstraint("organo_id", "anno", "numero", name=op.f("uq_verbale_organo_id_anno_numero")),
        sa.UniqueConstraint("seduta_id", name=op.f("uq_verbale_seduta_id")),
    )
    with op.batch_alter_table("verbale", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verbale_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verbale_approvato_in"), ["approvato_in"], unique=False)

    op.create_table(
        "verbale_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verbale_id", sa.Integer(), nullable=False),
        sa.Column(
            "genere",
            sa.Enum("originale", "firmato", "pubblico", name="genere", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("chiave", sa.String(length=300), nullable=False),
        sa.Column("dimensione", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("firma", sa.String(length=40), nullable=True),
        sa.Column("firme", sa.Integer(), nullable=False),
        sa.Column("fatto_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(genere = 'firmato') = (firma IS NOT NULL)", name=op.f("ck_verbale_file_firma")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_verbale_file_sha256")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_verbale_file_ambito_id")),
        sa.ForeignKeyConstraint(["verbale_id"], ["verbale.id"], name=op.f("fk_verbale_file_verbale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verbale_file")),
        sa.UniqueConstraint("verbale_id", "genere", name=op.f("uq_verbale_file_verbale_id_genere")),
    )
    with op.batch_alter_table("verbale_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verbale_file_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verbale_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "verbale_omissis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verbale_id", sa.Integer(), nullable=False),
        sa.Column("testo", sa.String(length=300), nullable=False),
        sa.Column("motivo", sa.String(length=300), nullable=False),
        sa.Column("scritto_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_verbale_omissis_ambito_id")),
        sa.ForeignKeyConstraint(["verbale_id"], ["verbale.id"], name=op.f("fk_verbale_omissis_verbale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verbale_omissis")),
        sa.UniqueConstraint("verbale_id", "testo", name=op.f("uq_verbale_omissis_verbale_id_testo")),
    )
    with op.batch_alter_table("verbale_omissis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verbale_omissis_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "verbale_osservazione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verbale_id", sa.Integer(), nullable=False),
        sa.Column("seggio_id", sa.Integer(), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("scritta_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scritta_da", sa.Integer(), nullable=True),
        sa.Column(
            "esito",
            sa.Enum(
                "accolta",
                "accolta_in_parte",
                "non_accolta",
                name="esito",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("risposta", sa.Text(), nullable=False),
        sa.Column("risposta_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("esito IS NULL OR risposta != ''", name=op.f("ck_verbale_osservazione_motivo")),
        sa.CheckConstraint("(esito IS NULL) = (risposta_il IS NULL)", name=op.f("ck_verbale_osservazione_risposta")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_verbale_osservazione_ambito_id")),
        sa.ForeignKeyConstraint(["scritta_da"], ["utente.id"], name=op.f("fk_verbale_osservazione_scritta_da")),
        sa.ForeignKeyConstraint(["seggio_id"], ["seggio.id"], name=op.f("fk_verbale_osservazione_seggio_id")),
        sa.ForeignKeyConstraint(["verbale_id"], ["verbale.id"], name=op.f("fk_verbale_osservazione_verbale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verbale_osservazione")),
    )
    with op.batch_alter_table("verbale_osservazione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verbale_osservazione_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verbale_osservazione_scritta_da"), ["scritta_da"], unique=False)
        batch_op.create_index(batch_op.f("ix_verbale_osservazione_seggio_id"), ["seggio_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verbale_osservazione_verbale_id"), ["verbale_id"], unique=False)

    op.create_table(
        "verbale_parte",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verbale_id", sa.Integer(), nullable=False),
        sa.Column(
            "genere",
            sa.Enum("premessa", "punto", "chiusura", name="genere", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("punto_id", sa.Integer(), nullable=True),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(genere = 'punto') = (punto_id IS NOT NULL)", name=op.f("ck_verbale_parte_punto")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_verbale_parte_ambito_id")),
        sa.ForeignKeyConstraint(["punto_id"], ["punto.id"], name=op.f("fk_verbale_parte_punto_id")),
        sa.ForeignKeyConstraint(["verbale_id"], ["verbale.id"], name=op.f("fk_verbale_parte_verbale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verbale_parte")),
        sa.UniqueConstraint("verbale_id", "ordine", name=op.f("uq_verbale_parte_verbale_id_ordine")),
        sa.UniqueConstraint("verbale_id", "punto_id", name=op.f("uq_verbale_parte_verbale_id_punto_id")),
    )
    with op.batch_alter_table("verbale_parte", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verbale_parte_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verbale_parte_punto_id"), ["punto_id"], unique=False)

    op.create_table(
        "verbale_rettifica",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verbale_id", sa.Integer(), nullable=False),
        sa.Column("decisione_id", sa.Integer(), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("scritta_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_verbale_rettifica_ambito_id")),
        sa.ForeignKeyConstraint(["decisione_id"], ["decisione.id"], name=op.f("fk_verbale_rettifica_decisione_id")),
        sa.ForeignKeyConstraint(["verbale_id"], ["verbale.id"], name=op.f("fk_verbale_rettifica_verbale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verbale_rettifica")),
        sa.UniqueConstraint("verbale_id", "decisione_id", name=op.f("uq_verbale_rettifica_verbale_id_decisione_id")),
    )
    with op.batch_alter_table("verbale_rettifica", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verbale_rettifica_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verbale_rettifica_decisione_id"), ["decisione_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("verbale_rettifica", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verbale_rettifica_decisione_id"))
        batch_op.drop_index(batch_op.f("ix_verbale_rettifica_ambito_id"))

    op.drop_table("verbale_rettifica")
    with op.batch_alter_table("verbale_parte", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verbale_parte_punto_id"))
        batch_op.drop_index(batch_op.f("ix_verbale_parte_ambito_id"))

    op.drop_table("verbale_parte")
    with op.batch_alter_table("verbale_osservazione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verbale_osservazione_verbale_id"))
        batch_op.drop_index(batch_op.f("ix_verbale_osservazione_seggio_id"))
        batch_op.drop_index(batch_op.f("ix_verbale_osservazione_scritta_da"))
        batch_op.drop_index(batch_op.f("ix_verbale_osservazione_ambito_id"))

    op.drop_table("verbale_osservazione")
    with op.batch_alter_table("verbale_omissis", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verbale_omissis_ambito_id"))

    op.drop_table("verbale_omissis")
    with op.batch_alter_table("verbale_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verbale_file_sha256"))
        batch_op.drop_index(batch_op.f("ix_verbale_file_ambito_id"))

    op.drop_table("verbale_file")
    with op.batch_alter_table("verbale", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verbale_approvato_in"))
        batch_op.drop_index(batch_op.f("ix_verbale_ambito_id"))

    op.drop_table("verbale")
