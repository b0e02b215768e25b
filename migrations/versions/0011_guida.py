"""Guida ai servizi."""

from alembic import op
import sqlalchemy as sa


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "servizio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column(
            "categoria",
            sa.Enum(
                "accesso",
                "famiglie",
                "anziani",
                "disabilita",
                "inclusione",
                "violenza",
                "conciliazione",
                name="categoria",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stato",
            sa.Enum("attivo", "non_attivo", name="stato", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("motivo_stato", sa.Text(), nullable=False),
        sa.Column("descrizione", sa.String(length=300), nullable=False),
        sa.Column("protetto", sa.Boolean(), nullable=False),
        sa.Column("pubblicato", sa.Boolean(), nullable=False),
        sa.Column("scheda_id", sa.Integer(), nullable=True),
        sa.Column("breve_per_chi", sa.Text(), nullable=False),
        sa.Column("breve_costo", sa.Text(), nullable=False),
        sa.Column("breve_portare", sa.Text(), nullable=False),
        sa.Column("breve_urgenza", sa.Text(), nullable=False),
        sa.Column("a_chi", sa.Text(), nullable=False),
        sa.Column("come_fare", sa.Text(), nullable=False),
        sa.Column("cosa_serve", sa.Text(), nullable=False),
        sa.Column("cosa_ottieni", sa.Text(), nullable=False),
        sa.Column("tempi", sa.Text(), nullable=False),
        sa.Column("costi", sa.Text(), nullable=False),
        sa.Column("chi_paga", sa.Text(), nullable=False),
        sa.Column("condizioni", sa.Text(), nullable=False),
        sa.Column("parole", sa.Text(), nullable=False),
        sa.Column("argomenti", sa.Text(), nullable=False),
        sa.Column("fonte", sa.String(length=300), nullable=False),
        sa.Column("verificato_il", sa.Date(), nullable=True),
        sa.Column("verificato_da", sa.String(length=300), nullable=False),
        sa.Column("aggiornato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("stato = 'attivo' OR length(motivo_stato) > 0", name=op.f("ck_servizio_motivo_stato")),
        sa.CheckConstraint("length(descrizione) <= 255", name=op.f("ck_servizio_descrizione_255")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_servizio_ambito_id")),
        sa.ForeignKeyConstraint(["scheda_id"], ["scheda.id"], name=op.f("fk_servizio_scheda_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_servizio")),
        sa.UniqueConstraint("ambito_id", "slug", name=op.f("uq_servizio_ambito_id_slug")),
    )
    with op.batch_alter_table("servizio", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_servizio_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_servizio_elenco", ["ambito_id", "pubblicato", "titolo"], unique=False)

    op.create_table(
        "contatto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("servizio_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("tipo", sa.String(length=40), nullable=False),
        sa.Column("etichetta", sa.String(length=300), nullable=False),
        sa.Column("valore", sa.String(length=300), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_contatto_ambito_id")),
        sa.ForeignKeyConstraint(["servizio_id"], ["servizio.id"], name=op.f("fk_contatto_servizio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contatto")),
        sa.UniqueConstraint("servizio_id", "ordine", name=op.f("uq_contatto_servizio_id_ordine")),
    )
    with op.batch_alter_table("contatto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contatto_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "parere",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("servizio_id", sa.Integer(), nullable=False),
        sa.Column("chiarezza", sa.Integer(), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("lasciato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("chiarezza BETWEEN 1 AND 4", name=op.f("ck_parere_chiarezza")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_parere_ambito_id")),
        sa.ForeignKeyConstraint(["servizio_id"], ["servizio.id"], name=op.f("fk_parere_servizio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parere")),
    )
    with op.batch_alter_table("parere", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parere_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_parere_servizio", ["servizio_id", "id"], unique=False)

    op.create_table(
        "sede",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("servizio_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("indirizzo", sa.Text(), nullable=False),
        sa.Column("orari", sa.Text(), nullable=False),
        sa.Column("accessibilita", sa.Text(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_sede_ambito_id")),
        sa.ForeignKeyConstraint(["servizio_id"], ["servizio.id"], name=op.f("fk_sede_servizio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sede")),
        sa.UniqueConstraint("servizio_id", "ordine", name=op.f("uq_sede_servizio_id_ordine")),
    )
    with op.batch_alter_table("sede", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sede_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "servizio_comune",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("servizio_id", sa.Integer(), nullable=False),
        sa.Column("comune_id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_servizio_comune_ambito_id")),
        sa.ForeignKeyConstraint(["comune_id"], ["comune.id"], name=op.f("fk_servizio_comune_comune_id")),
        sa.ForeignKeyConstraint(["servizio_id"], ["servizio.id"], name=op.f("fk_servizio_comune_servizio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_servizio_comune")),
        sa.UniqueConstraint("servizio_id", "comune_id", name=op.f("uq_servizio_comune_servizio_id_comune_id")),
    )
    with op.batch_alter_table("servizio_comune", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_servizio_comune_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "traduzione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("servizio_id", sa.Integer(), nullable=False),
        sa.Column("lingua", sa.String(length=40), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("descrizione", sa.String(length=300), nullable=False),
        sa.Column("breve_per_chi", sa.Text(), nullable=False),
        sa.Column("breve_costo", sa.Text(), nullable=False),
        sa.Column("breve_portare", sa.Text(), nullable=False),
        sa.Column("breve_urgenza", sa.Text(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_traduzione_ambito_id")),
        sa.ForeignKeyConstraint(["servizio_id"], ["servizio.id"], name=op.f("fk_traduzione_servizio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_traduzione")),
        sa.UniqueConstraint("servizio_id", "lingua", name=op.f("uq_traduzione_servizio_id_lingua")),
    )
    with op.batch_alter_table("traduzione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_traduzione_ambito_id"), ["ambito_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("traduzione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_traduzione_ambito_id"))

    op.drop_table("traduzione")
    with op.batch_alter_table("servizio_comune", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_servizio_comune_ambito_id"))

    op.drop_table("servizio_comune")
    with op.batch_alter_table("sede", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sede_ambito_id"))

    op.drop_table("sede")
    with op.batch_alter_table("parere", schema=None) as batch_op:
        batch_op.drop_index("ix_parere_servizio")
        batch_op.drop_index(batch_op.f("ix_parere_ambito_id"))

    op.drop_table("parere")
    with op.batch_alter_table("contatto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contatto_ambito_id"))

    op.drop_table("contatto")
    with op.batch_alter_table("servizio", schema=None) as batch_op:
        batch_op.drop_index("ix_servizio_elenco")
        batch_op.drop_index(batch_op.f("ix_servizio_ambito_id"))

    op.drop_table("servizio")
