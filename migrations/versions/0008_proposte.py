"""Proposte e ricevute."""

from alembic import op
import sqlalchemy as sa


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "bozza",
                "presentata",
                "ritirata",
                "ammessa",
                "non_ammessa",
                "selezionata",
                "idonea_non_finanziata",
                "non_idonea",
                "convenzionata",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attiva", sa.Integer(), nullable=True),
        sa.Column("creata_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("creata_da", sa.Integer(), nullable=False),
        sa.Column("presentata_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("presentata_da", sa.Integer(), nullable=True),
        sa.Column("impronta", sa.String(length=64), nullable=True),
        sa.Column("rilevazione_id", sa.Integer(), nullable=True),
        sa.Column("rinviata_motivo", sa.Text(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'bozza') = (impronta IS NULL)", name=op.f("ck_proposta_impronta")),
        sa.CheckConstraint("(stato = 'bozza') = (presentata_il IS NULL)", name=op.f("ck_proposta_presentata")),
        sa.CheckConstraint("attiva IS NULL OR attiva = 1", name=op.f("ck_proposta_attiva")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_proposta_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_proposta_avviso_id")),
        sa.ForeignKeyConstraint(["creata_da"], ["utente.id"], name=op.f("fk_proposta_creata_da")),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_proposta_ente_id")),
        sa.ForeignKeyConstraint(["presentata_da"], ["utente.id"], name=op.f("fk_proposta_presentata_da")),
        sa.ForeignKeyConstraint(["rilevazione_id"], ["rilevazione_runts.id"], name=op.f("fk_proposta_rilevazione_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposta")),
        sa.UniqueConstraint("avviso_id", "ente_id", "attiva", name="uq_proposta_una_per_ente"),
    )
    with op.batch_alter_table("proposta", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposta_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_proposta_avviso", ["ambito_id", "avviso_id", "stato"], unique=False)
        batch_op.create_index("ix_proposta_ente", ["ente_id", "stato"], unique=False)

    op.create_table(
        "allegato",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("documento_id", sa.Integer(), nullable=False),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("tipo", sa.String(length=40), nullable=False),
        sa.Column("dimensione", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("chiave", sa.String(length=300), nullable=False),
        sa.Column("firma", sa.String(length=40), nullable=True),
        sa.Column("firme", sa.Integer(), nullable=False),
        sa.Column("caricato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caricato_da", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("dimensione > 0", name=op.f("ck_allegato_dimensione")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_allegato_sha256")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_allegato_ambito_id")),
        sa.ForeignKeyConstraint(["caricato_da"], ["utente.id"], name=op.f("fk_allegato_caricato_da")),
        sa.ForeignKeyConstraint(["documento_id"], ["documento_richiesto.id"], name=op.f("fk_allegato_documento_id")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_allegato_proposta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allegato")),
        sa.UniqueConstraint("proposta_id", "documento_id", name=op.f("uq_allegato_proposta_id_documento_id")),
    )
    with op.batch_alter_table("allegato", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allegato_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "dichiarazione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("richiesta_id", sa.Integer(), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("norma", sa.String(length=300), nullable=False),
        sa.Column("resa_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resa_da", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_dichiarazione_ambito_id")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_dichiarazione_proposta_id")),
        sa.ForeignKeyConstraint(["resa_da"], ["utente.id"], name=op.f("fk_dichiarazione_resa_da")),
        sa.ForeignKeyConstraint(
            ["richiesta_id"], ["dichiarazione_richiesta.id"], name=op.f("fk_dichiarazione_richiesta_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dichiarazione")),
        sa.UniqueConstraint("proposta_id", "richiesta_id", name=op.f("uq_dichiarazione_proposta_id_richiesta_id")),
    )
    with op.batch_alter_table("dichiarazione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dichiarazione_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "lotto_proposto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("lotto_id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_lotto_proposto_ambito_id")),
        sa.ForeignKeyConstraint(["lotto_id"], ["lotto.id"], name=op.f("fk_lotto_proposto_lotto_id")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_lotto_proposto_proposta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lotto_proposto")),
        sa.UniqueConstraint("proposta_id", "lotto_id", name=op.f("uq_lotto_proposto_proposta_id_lotto_id")),
    )
    with op.batch_alter_table("lotto_proposto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lotto_proposto_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "ricevuta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("anno", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("codice", sa.String(length=40), nullable=False),
        sa.Column("emessa_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("impronta", sa.String(length=64), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_ricevuta_ambito_id")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_ricevuta_proposta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ricevuta")),
        sa.UniqueConstraint("ambito_id", "anno", "numero", name=op.f("uq_ricevuta_ambito_id_anno_numero")),
        sa.UniqueConstraint("codice", name=op.f("uq_ricevuta_codice")),
        sa.UniqueConstraint("proposta_id", name=op.f("uq_ricevuta_proposta_id")),
    )
    with op.batch_alter_table("ricevuta", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ricevuta_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "sezione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("chiave", sa.String(length=40), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("modificata_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modificata_da", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_sezione_ambito_id")),
        sa.ForeignKeyConstraint(["modificata_da"], ["utente.id"], name=op.f("fk_sezione_modificata_da")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_sezione_proposta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sezione")),
        sa.UniqueConstraint("proposta_id", "chiave", name=op.f("uq_sezione_proposta_id_chiave")),
    )
    with op.batch_alter_table("sezione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sezione_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "voce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column(
            "categoria",
            sa.Enum(
                "personale",
                "volontari",
                "beni",
                "servizi",
                "locali",
                "assicurazioni",
                "costi_indiretti",
                "altro",
                "apporti_in_natura",
                name="categoria",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("descrizione", sa.String(length=300), nullable=False),
        sa.Column("richiesto", sa.BigInteger(), nullable=False),
        sa.Column("quota_propria", sa.BigInteger(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("richiesto + quota_propria > 0", name=op.f("ck_voce_non_vuota")),
        sa.CheckConstraint("richiesto >= 0 AND quota_propria >= 0", name=op.f("ck_voce_non_negativi")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_voce_ambito_id")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_voce_proposta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voce")),
    )
    with op.batch_alter_table("voce", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voce_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_voce_proposta", ["proposta_id", "ordine"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("voce", schema=None) as batch_op:
        batch_op.drop_index("ix_voce_proposta")
        batch_op.drop_index(batch_op.f("ix_voce_ambito_id"))

    op.drop_table("voce")
    with op.batch_alter_table("sezione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sezione_ambito_id"))

    op.drop_table("sezione")
    with op.batch_alter_table("ricevuta", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ricevuta_ambito_id"))

    op.drop_table("ricevuta")
    with op.batch_alter_table("lotto_proposto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lotto_proposto_ambito_id"))

    op.drop_table("lotto_proposto")
    with op.batch_alter_table("dichiarazione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dichiarazione_ambito_id"))

    op.drop_table("dichiarazione")
    with op.batch_alter_table("allegato", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allegato_ambito_id"))

    op.drop_table("allegato")
    with op.batch_alter_table("proposta", schema=None) as batch_op:
        batch_op.drop_index("ix_proposta_ente")
        batch_op.drop_index("ix_proposta_avviso")
        batch_op.drop_index(batch_op.f("ix_proposta_ambito_id"))

    op.drop_table("proposta")
