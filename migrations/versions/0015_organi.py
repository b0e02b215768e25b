"""Organi, regole di voto, seggi, mandati."""

from alembic import op
import sqlalchemy as sa


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column(
            "genere",
            sa.Enum(
                "coordinamento",
                "cabina",
                "rete",
                "tavolo",
                "sindacati",
                "commissione",
                "assemblea",
                "altro",
                name="genere",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("compiti", sa.Text(), nullable=False),
        sa.Column("norma", sa.String(length=300), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("attivo", sa.Boolean(), nullable=False),
        sa.Column(
            "quorum_teste",
            sa.Enum(
                "maggioranza",
                "meta",
                "un_terzo",
                "due_terzi",
                "tutti",
                name="quorum_teste",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "quorum_quote",
            sa.Enum(
                "maggioranza",
                "meta",
                "un_terzo",
                "due_terzi",
                "tutti",
                name="quorum_quote",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "seconda_teste",
            sa.Enum(
                "maggioranza",
                "meta",
                "un_terzo",
                "due_terzi",
                "tutti",
                name="seconda_teste",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "seconda_quote",
            sa.Enum(
                "maggioranza",
                "meta",
                "un_terzo",
                "due_terzi",
                "tutti",
                name="seconda_quote",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "base_quote",
            sa.Enum("cento", "somma", name="base_quote", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("conflitto_riduce", sa.Boolean(), nullable=False),
        sa.Column("preavviso_giorni", sa.Integer(), nullable=False),
        sa.Column("preavviso_ore", sa.Integer(), nullable=False),
        sa.Column("deleghe_massime", sa.Integer(), nullable=False),
        sa.Column("assenze_massime", sa.Integer(), nullable=True),
        sa.Column("osservazioni_giorni", sa.Integer(), nullable=False),
        sa.Column(
            "pubblicazione",
            sa.Enum(
                "verbale", "decisioni", "niente", name="pubblicazione", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("assenze_massime IS NULL OR assenze_massime > 0", name=op.f("ck_organo_assenze")),
        sa.CheckConstraint("deleghe_massime >= 0", name=op.f("ck_organo_deleghe")),
        sa.CheckConstraint("osservazioni_giorni >= 0", name=op.f("ck_organo_osservazioni")),
        sa.CheckConstraint("preavviso_giorni >= 0 AND preavviso_ore >= 0", name=op.f("ck_organo_preavviso")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_organo_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organo")),
        sa.UniqueConstraint("ambito_id", "slug", name=op.f("uq_organo_ambito_id_slug")),
    )
    with op.batch_alter_table("organo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organo_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "organo_regola",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organo_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column(
            "base",
            sa.Enum("presenti", "votanti", "componenti", name="base", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "soglia",
            sa.Enum(
                "maggioranza",
                "meta",
                "un_terzo",
                "due_terzi",
                "tutti",
                name="soglia",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "peso",
            sa.Enum("teste", "quote", "entrambe", name="peso", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("prevale_presidente", sa.Boolean(), nullable=False),
        sa.Column("segreta", sa.Boolean(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_organo_regola_ambito_id")),
        sa.ForeignKeyConstraint(["organo_id"], ["organo.id"], name=op.f("fk_organo_regola_organo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organo_regola")),
        sa.UniqueConstraint("organo_id", "nome", name=op.f("uq_organo_regola_organo_id_nome")),
        sa.UniqueConstraint("organo_id", "ordine", name=op.f("uq_organo_regola_organo_id_ordine")),
    )
    with op.batch_alter_table("organo_regola", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organo_regola_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "seggio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organo_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("categoria", sa.String(length=300), nullable=False),
        sa.Column("rappresenta", sa.String(length=300), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=True),
        sa.Column("quota", sa.BigInteger(), nullable=True),
        sa.Column("voto", sa.Boolean(), nullable=False),
        sa.Column("presiede", sa.Boolean(), nullable=False),
        sa.Column("dal", sa.Date(), nullable=False),
        sa.Column("al", sa.Date(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("al IS NULL OR al >= dal", name=op.f("ck_seggio_periodo")),
        sa.CheckConstraint("quota IS NULL OR (quota >= 0 AND quota <= 10000)", name=op.f("ck_seggio_quota")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_seggio_ambito_id")),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_seggio_ente_id")),
        sa.ForeignKeyConstraint(["organo_id"], ["organo.id"], name=op.f("fk_seggio_organo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seggio")),
        sa.UniqueConstraint("organo_id", "ordine", name=op.f("uq_seggio_organo_id_ordine")),
    )
    with op.batch_alter_table("seggio", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seggio_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seggio_ente_id"), ["ente_id"], unique=False)

    op.create_table(
        "mandato",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seggio_id", sa.Integer(), nullable=False),
        sa.Column("utente_id", sa.Integer(), nullable=True),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("qualita", sa.String(length=300), nullable=False),
        sa.Column("atto", sa.String(length=300), nullable=False),
        sa.Column("supplente", sa.Boolean(), nullable=False),
        sa.Column("dal", sa.Date(), nullable=False),
        sa.Column("al", sa.Date(), nullable=True),
        sa.Column(
            "fine",
            sa.Enum(
                "scadenza",
                "dimissioni",
                "revoca",
                "decadenza",
                "sostituzione",
                name="fine",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("nominato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("al IS NULL OR al >= dal", name=op.f("ck_mandato_periodo")),
        sa.CheckConstraint("fine IS NULL OR al IS NOT NULL", name=op.f("ck_mandato_fine_con_data")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_mandato_ambito_id")),
        sa.ForeignKeyConstraint(["seggio_id"], ["seggio.id"], name=op.f("fk_mandato_seggio_id")),
        sa.ForeignKeyConstraint(["utente_id"], ["utente.id"], name=op.f("fk_mandato_utente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandato")),
    )
    with op.batch_alter_table("mandato", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandato_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_mandato_seggio", ["seggio_id", "dal"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandato_utente_id"), ["utente_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("mandato", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mandato_utente_id"))
        batch_op.drop_index("ix_mandato_seggio")
        batch_op.drop_index(batch_op.f("ix_mandato_ambito_id"))

    op.drop_table("mandato")
    with op.batch_alter_table("seggio", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seggio_ente_id"))
        batch_op.drop_index(batch_op.f("ix_seggio_ambito_id"))

    op.drop_table("seggio")
    with op.batch_alter_table("organo_regola", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organo_regola_ambito_id"))

    op.drop_table("organo_regola")
    with op.batch_alter_table("organo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organo_ambito_id"))

    op.drop_table("organo")
