"""Commissioni, punteggi, esiti."""

from alembic import op
import sqlalchemy as sa


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commissione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("atto", sa.String(length=300), nullable=False),
        sa.Column(
            "stato",
            sa.Enum("nominata", "al_lavoro", "conclusa", name="stato", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("nominata_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conclusa_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'conclusa') = (conclusa_il IS NOT NULL)", name=op.f("ck_commissione_conclusa")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_commissione_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_commissione_avviso_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commissione")),
        sa.UniqueConstraint("avviso_id", name=op.f("uq_commissione_avviso_id")),
    )
    with op.batch_alter_table("commissione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commissione_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "esito",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("atto", sa.String(length=300), nullable=False),
        sa.Column("pubblicato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pubblicato_da", sa.Integer(), nullable=False),
        sa.Column("impronta", sa.String(length=300), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_esito_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_esito_avviso_id")),
        sa.ForeignKeyConstraint(["pubblicato_da"], ["utente.id"], name=op.f("fk_esito_pubblicato_da")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esito")),
        sa.UniqueConstraint("avviso_id", name=op.f("uq_esito_avviso_id")),
    )
    with op.batch_alter_table("esito", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_esito_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "ammissibilita",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("ammessa", sa.Boolean(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("decisa_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decisa_da", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("ammessa OR length(motivo) > 0", name=op.f("ck_ammissibilita_motivo")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_ammissibilita_ambito_id")),
        sa.ForeignKeyConstraint(["decisa_da"], ["utente.id"], name=op.f("fk_ammissibilita_decisa_da")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_ammissibilita_proposta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ammissibilita")),
        sa.UniqueConstraint("proposta_id", name=op.f("uq_ammissibilita_proposta_id")),
    )
    with op.batch_alter_table("ammissibilita", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ammissibilita_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "membro",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commissione_id", sa.Integer(), nullable=False),
        sa.Column("utente_id", sa.Integer(), nullable=False),
        sa.Column(
            "ruolo",
            sa.Enum("presidente", "componente", name="ruolo", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "dichiarazione",
            sa.Enum(
                "da_rendere",
                "assenza",
                "conflitto",
                name="dichiarazione",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dichiarata_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conflitto_nota", sa.Text(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(dichiarazione = 'da_rendere') = (dichiarata_il IS NULL)", name=op.f("ck_membro_dichiarata")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_membro_ambito_id")),
        sa.ForeignKeyConstraint(["commissione_id"], ["commissione.id"], name=op.f("fk_membro_commissione_id")),
        sa.ForeignKeyConstraint(["utente_id"], ["utente.id"], name=op.f("fk_membro_utente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membro")),
        sa.UniqueConstraint("commissione_id", "utente_id", name=op.f("uq_membro_commissione_id_utente_id")),
    )
    with op.batch_alter_table("membro", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membro_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "riga_esito",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("posizione", sa.Integer(), nullable=True),
        sa.Column("punti", sa.BigInteger(), nullable=True),
        sa.Column(
            "esito",
            sa.Enum(
                "selezionata",
                "idonea_non_finanziata",
                "non_idonea",
                "non_ammessa",
                name="esito",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("contributo", sa.BigInteger(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(esito = 'non_ammessa') = (posizione IS NULL)", name=op.f("ck_riga_esito_posizione")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_riga_esito_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_riga_esito_avviso_id")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_riga_esito_proposta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_riga_esito")),
        sa.UniqueConstraint("proposta_id", name=op.f("uq_riga_esito_proposta_id")),
    )
    with op.batch_alter_table("riga_esito", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_riga_esito_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_riga_esito_avviso", ["avviso_id", "posizione"], unique=False)

    op.create_table(
        "punteggio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membro_id", sa.Integer(), nullable=False),
        sa.Column("proposta_id", sa.Integer(), nullable=False),
        sa.Column("criterio_id", sa.Integer(), nullable=False),
        sa.Column("punti", sa.BigInteger(), nullable=False),
        sa.Column("motivazione", sa.Text(), nullable=False),
        sa.Column("scritto_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(motivazione) > 0", name=op.f("ck_punteggio_motivazione")),
        sa.CheckConstraint("punti >= 0", name=op.f("ck_punteggio_punti")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_punteggio_ambito_id")),
        sa.ForeignKeyConstraint(["criterio_id"], ["criterio.id"], name=op.f("fk_punteggio_criterio_id")),
        sa.ForeignKeyConstraint(["membro_id"], ["membro.id"], name=op.f("fk_punteggio_membro_id")),
        sa.ForeignKeyConstraint(["proposta_id"], ["proposta.id"], name=op.f("fk_punteggio_proposta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_punteggio")),
        sa.UniqueConstraint(
            "membro_id", "proposta_id", "criterio_id", name=op.f("uq_punteggio_membro_id_proposta_id_criterio_id")
        ),
    )
    with op.batch_alter_table("punteggio", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_punteggio_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_punteggio_proposta", ["proposta_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("punteggio", schema=None) as batch_op:
        batch_op.drop_index("ix_punteggio_proposta")
        batch_op.drop_index(batch_op.f("ix_punteggio_ambito_id"))

    op.drop_table("punteggio")
    with op.batch_alter_table("riga_esito", schema=None) as batch_op:
        batch_op.drop_index("ix_riga_esito_avviso")
        batch_op.drop_index(batch_op.f("ix_riga_esito_ambito_id"))

    op.drop_table("riga_esito")
    with op.batch_alter_table("membro", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membro_ambito_id"))

    op.drop_table("membro")
    with op.batch_alter_table("ammissibilita", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ammissibilita_ambito_id"))

    op.drop_table("ammissibilita")
    with op.batch_alter_table("esito", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_esito_ambito_id"))

    op.drop_table("esito")
    with op.batch_alter_table("commissione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commissione_ambito_id"))

    op.drop_table("commissione")
