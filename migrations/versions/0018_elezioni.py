"""Elezioni della Rete: elettori, candidature, schede."""

from alembic import op
import sqlalchemy as sa


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "elezione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("seggi", sa.Integer(), nullable=False),
        sa.Column("preferenze", sa.Integer(), nullable=False),
        sa.Column(
            "parita",
            sa.Enum("sorteggio", "anzianita", name="parita", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("elettorato_al", sa.Date(), nullable=False),
        sa.Column("candidature_entro", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voto_dal", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voto_al", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mandato_al", sa.Date(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "indetta", "scrutinata", "annullata", name="stato", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("indetta_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chiusa_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("bianche", sa.Integer(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'indetta') = (chiusa_il IS NULL)", name=op.f("ck_elezione_chiusa")),
        sa.CheckConstraint("(stato = 'scrutinata') = (bianche IS NOT NULL)", name=op.f("ck_elezione_scrutinata")),
        sa.CheckConstraint("candidature_entro <= voto_dal AND voto_dal < voto_al", name=op.f("ck_elezione_termini")),
        sa.CheckConstraint("seggi >= 1 AND preferenze >= 1 AND preferenze <= seggi", name=op.f("ck_elezione_posti")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_elezione_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elezione")),
        sa.UniqueConstraint("ambito_id", "slug", name=op.f("uq_elezione_ambito_id_slug")),
    )
    with op.batch_alter_table("elezione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_elezione_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "candidatura",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("elezione_id", sa.Integer(), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=False),
        sa.Column("ammessa_il", sa.Date(), nullable=False),
        sa.Column("presentazione", sa.Text(), nullable=False),
        sa.Column("dichiarazione", sa.Text(), nullable=False),
        sa.Column("resa_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voti", sa.Integer(), nullable=True),
        sa.Column("posto", sa.Integer(), nullable=True),
        sa.Column("sorte", sa.Integer(), nullable=True),
        sa.Column(
            "esito",
            sa.Enum("eletta", "non_eletta", "decaduta", name="esito", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("gestore_dal", sa.Date(), nullable=True),
        sa.Column("decaduta_il", sa.Date(), nullable=True),
        sa.Column("atto", sa.String(length=300), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(decaduta_il IS NULL) = (atto IS NULL)", name=op.f("ck_candidatura_decaduta")),
        sa.CheckConstraint(
            "(esito IS NULL) = (voti IS NULL) AND (esito IS NULL) = (posto IS NULL)", name=op.f("ck_candidatura_contata")
        ),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_candidatura_ambito_id")),
        sa.ForeignKeyConstraint(["elezione_id"], ["elezione.id"], name=op.f("fk_candidatura_elezione_id")),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_candidatura_ente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidatura")),
        sa.UniqueConstraint("elezione_id", "ente_id", name=op.f("uq_candidatura_elezione_id_ente_id")),
    )
    with op.batch_alter_table("candidatura", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidatura_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidatura_ente_id"), ["ente_id"], unique=False)

    op.create_table(
        "scheda_voto",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("elezione_id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_scheda_voto_ambito_id")),
        sa.ForeignKeyConstraint(["elezione_id"], ["elezione.id"], name=op.f("fk_scheda_voto_elezione_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheda_voto")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("scheda_voto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheda_voto_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scheda_voto_elezione_id"), ["elezione_id"], unique=False)

    op.create_table(
        "elettore",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("elezione_id", sa.Integer(), nullable=False),
        sa.Column("adesione_id", sa.Integer(), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=False),
        sa.Column("ha_votato", sa.Boolean(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["adesione_id"], ["adesione.id"], name=op.f("fk_elettore_adesione_id")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_elettore_ambito_id")),
        sa.ForeignKeyConstraint(["elezione_id"], ["elezione.id"], name=op.f("fk_elettore_elezione_id")),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_elettore_ente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elettore")),
        sa.UniqueConstraint("elezione_id", "adesione_id", name=op.f("uq_elettore_elezione_id_adesione_id")),
    )
    with op.batch_alter_table("elettore", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_elettore_adesione_id"), ["adesione_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_elettore_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_elettore_ente_id"), ["ente_id"], unique=False)

    op.create_table(
        "preferenza",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("scheda_id", sa.String(length=32), nullable=False),
        sa.Column("candidatura_id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_preferenza_ambito_id")),
        sa.ForeignKeyConstraint(["candidatura_id"], ["candidatura.id"], name=op.f("fk_preferenza_candidatura_id")),
        sa.ForeignKeyConstraint(["scheda_id"], ["scheda_voto.id"], name=op.f("fk_preferenza_scheda_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preferenza")),
        sa.UniqueConstraint("scheda_id", "candidatura_id", name=op.f("uq_preferenza_scheda_id_candidatura_id")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("preferenza", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preferenza_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_preferenza_candidatura_id"), ["candidatura_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("preferenza", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preferenza_candidatura_id"))
        batch_op.drop_index(batch_op.f("ix_preferenza_ambito_id"))

    op.drop_table("preferenza")
    with op.batch_alter_table("elettore", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_elettore_ente_id"))
        batch_op.drop_index(batch_op.f("ix_elettore_ambito_id"))
        batch_op.drop_index(batch_op.f("ix_elettore_adesione_id"))

    op.drop_table("elettore")
    with op.batch_alter_table("scheda_voto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheda_voto_elezione_id"))
        batch_op.drop_index(batch_op.f("ix_scheda_voto_ambito_id"))

    op.drop_table("scheda_voto")
    with op.batch_alter_table("candidatura", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidatura_ente_id"))
        batch_op.drop_index(batch_op.f("ix_candidatura_ambito_id"))

    op.drop_table("candidatura")
    with op.batch_alter_table("elezione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_elezione_ambito_id"))

    op.drop_table("elezione")
