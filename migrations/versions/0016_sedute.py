"""Sedute, ordini del giorno, presenze, votazioni, decisioni."""

from alembic import op
import sqlalchemy as sa


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seduta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organo_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "bozza",
                "convocata",
                "aperta",
                "chiusa",
                "annullata",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("inizio", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconda_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("luogo", sa.String(length=300), nullable=False),
        sa.Column("collegamento", sa.String(length=300), nullable=False),
        sa.Column("pubblica", sa.Boolean(), nullable=False),
        sa.Column("urgente", sa.Boolean(), nullable=False),
        sa.Column("protocollo", sa.String(length=300), nullable=False),
        sa.Column("convocata_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequenza", sa.Integer(), nullable=False),
        sa.Column("aperta_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chiusa_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_seconda", sa.Boolean(), nullable=False),
        sa.Column("segreteria", sa.String(length=300), nullable=False),
        sa.Column("motivo", sa.String(length=300), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("stato IN ('bozza', 'annullata') OR convocata_il IS NOT NULL", name=op.f("ck_seduta_convocata")),
        sa.CheckConstraint("stato NOT IN ('aperta', 'chiusa') OR aperta_il IS NOT NULL", name=op.f("ck_seduta_aperta")),
        sa.CheckConstraint("chiusa_il IS NULL OR chiusa_il >= aperta_il", name=op.f("ck_seduta_orari")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_seduta_ambito_id")),
        sa.ForeignKeyConstraint(["organo_id"], ["organo.id"], name=op.f("fk_seduta_organo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seduta")),
        sa.UniqueConstraint("organo_id", "numero", name=op.f("uq_seduta_organo_id_numero")),
    )
    with op.batch_alter_table("seduta", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seduta_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_seduta_inizio", ["ambito_id", "inizio"], unique=False)

    op.create_table(
        "convocato",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seduta_id", sa.Integer(), nullable=False),
        sa.Column("seggio_id", sa.Integer(), nullable=False),
        sa.Column("utente_id", sa.Integer(), nullable=True),
        sa.Column("spedita_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prova", sa.String(length=300), nullable=False),
        sa.Column("provata_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delegato", sa.String(length=300), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_convocato_ambito_id")),
        sa.ForeignKeyConstraint(["seduta_id"], ["seduta.id"], name=op.f("fk_convocato_seduta_id")),
        sa.ForeignKeyConstraint(["seggio_id"], ["seggio.id"], name=op.f("fk_convocato_seggio_id")),
        sa.ForeignKeyConstraint(["utente_id"], ["utente.id"], name=op.f("fk_convocato_utente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convocato")),
        sa.UniqueConstraint("seduta_id", "seggio_id", name=op.f("uq_convocato_seduta_id_seggio_id")),
    )
    with op.batch_alter_table("convocato", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_convocato_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_convocato_seggio_id"), ["seggio_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_convocato_utente_id"), ["utente_id"], unique=False)

    op.create_table(
        "invitato",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seduta_id", sa.Integer(), nullable=False),
        sa.Column("chi", sa.String(length=300), nullable=False),
        sa.Column(
            "classe",
            sa.Enum("consultivo", "altro", name="classe", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("presente", sa.Boolean(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_invitato_ambito_id")),
        sa.ForeignKeyConstraint(["seduta_id"], ["seduta.id"], name=op.f("fk_invitato_seduta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitato")),
    )
    with op.batch_alter_table("invitato", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitato_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitato_seduta_id"), ["seduta_id"], unique=False)

    op.create_table(
        "movimento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seduta_id", sa.Integer(), nullable=False),
        sa.Column("seggio_id", sa.Integer(), nullable=False),
        sa.Column("ora", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verso",
            sa.Enum("entra", "esce", name="verso", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("scritto_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("annullato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_movimento_ambito_id")),
        sa.ForeignKeyConstraint(["seduta_id"], ["seduta.id"], name=op.f("fk_movimento_seduta_id")),
        sa.ForeignKeyConstraint(["seggio_id"], ["seggio.id"], name=op.f("fk_movimento_seggio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movimento")),
    )
    with op.batch_alter_table("movimento", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movimento_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_movimento_seduta", ["seduta_id", "ora"], unique=False)
        batch_op.create_index(batch_op.f("ix_movimento_seggio_id"), ["seggio_id"], unique=False)

    op.create_table(
        "punto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seduta_id", sa.Integer(), nullable=False),
        sa.Column("padre_id", sa.Integer(), nullable=True),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("relatore", sa.String(length=300), nullable=False),
        sa.Column("proposta", sa.Text(), nullable=False),
        sa.Column("decide", sa.Boolean(), nullable=False),
        sa.Column("oggetto_tipo", sa.String(length=40), nullable=True),
        sa.Column("oggetto_id", sa.Integer(), nullable=True),
        sa.Column(
            "stato",
            sa.Enum(
                "da_trattare",
                "in_discussione",
                "trattato",
                "rinviato",
                "ritirato",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("discussione", sa.Text(), nullable=False),
        sa.Column("delibera", sa.Text(), nullable=False),
        sa.Column("aperto_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chiuso_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("stato != 'in_discussione' OR aperto_il IS NOT NULL", name=op.f("ck_punto_aperto")),
        sa.CheckConstraint("(oggetto_tipo IS NULL) = (oggetto_id IS NULL)", name=op.f("ck_punto_oggetto")),
        sa.CheckConstraint("chiuso_il IS NULL OR chiuso_il >= aperto_il", name=op.f("ck_punto_orari")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_punto_ambito_id")),
        sa.ForeignKeyConstraint(["padre_id"], ["punto.id"], name=op.f("fk_punto_padre_id")),
        sa.ForeignKeyConstraint(["seduta_id"], ["seduta.id"], name=op.f("fk_punto_seduta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_punto")),
        sa.UniqueConstraint("seduta_id", "ordine", name=op.f("uq_punto_seduta_id_ordine")),
    )
    with op.batch_alter_table("punto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_punto_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_punto_padre_id"), ["padre_id"], unique=False)

    op.create_table(
        "azione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organo_id", sa.Integer(), nullable=False),
        sa.Column("punto_id", sa.Integer(), nullable=False),
        sa.Column("cosa", sa.String(length=300), nullable=False),
        sa.Column("chi", sa.String(length=300), nullable=False),
        sa.Column("entro", sa.Date(), nullable=True),
        sa.Column("fatta_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_azione_ambito_id")),
        sa.ForeignKeyConstraint(["organo_id"], ["organo.id"], name=op.f("fk_azione_organo_id")),
        sa.ForeignKeyConstraint(["punto_id"], ["punto.id"], name=op.f("fk_azione_punto_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_azione")),
    )
    with op.batch_alter_table("azione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_azione_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_azione_organo_id"), ["organo_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_azione_punto_id"), ["punto_id"], unique=False)

    op.create_table(
        "punto_conflitto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("punto_id", sa.Integer(), nullable=False),
        sa.Column("seggio_id", sa.Integer(), nullable=False),
        sa.Column("motivo", sa.String(length=300), nullable=False),
        sa.Column("dalle", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_punto_conflitto_ambito_id")),
        sa.ForeignKeyConstraint(["punto_id"], ["punto.id"], name=op.f("fk_punto_conflitto_punto_id")),
        sa.ForeignKeyConstraint(["seggio_id"], ["seggio.id"], name=op.f("fk_punto_conflitto_seggio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_punto_conflitto")),
        sa.UniqueConstraint("punto_id", "seggio_id", name=op.f("uq_punto_conflitto_punto_id_seggio_id")),
    )
    with op.batch_alter_table("punto_conflitto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_punto_conflitto_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_punto_conflitto_seggio_id"), ["seggio_id"], unique=False)

    op.create_table(
        "votazione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("punto_id", sa.Integer(), nullable=False),
        sa.Column("oggetto", sa.String(length=300), nullable=False),
        sa.Column(
            "modo",
            sa.Enum("nomi", "mano", "schede", "unanime", name="modo", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("ora", sa.DateTime(timezone=True), nullable=False),
        sa.Column("regola", sa.String(length=300), nullable=False),
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
        sa.Column("componenti", sa.Integer(), nullable=False),
        sa.Column("presenti", sa.Integer(), nullable=False),
        sa.Column("favorevoli", sa.Integer(), nullable=False),
        sa.Column("contrari", sa.Integer(), nullable=False),
        sa.Column("astenuti", sa.Integer(), nullable=False),
        sa.Column("quota_componenti", sa.BigInteger(), nullable=True),
        sa.Column("quota_presenti", sa.BigInteger(), nullable=True),
        sa.Column("quota_favorevoli", sa.BigInteger(), nullable=True),
        sa.Column("quota_contrari", sa.BigInteger(), nullable=True),
        sa.Column("quota_astenuti", sa.BigInteger(), nullable=True),
        sa.Column(
            "presidente",
            sa.Enum(
                "favorevole",
                "contrario",
                "astenuto",
                name="presidente",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("approvata", sa.Boolean(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("favorevoli + contrari + astenuti = presenti", name=op.f("ck_votazione_somma")),
        sa.CheckConstraint("favorevoli >= 0 AND contrari >= 0 AND astenuti >= 0", name=op.f("ck_votazione_numeri")),
        sa.CheckConstraint("presenti <= componenti", name=op.f("ck_votazione_presenti")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_votazione_ambito_id")),
        sa.ForeignKeyConstraint(["punto_id"], ["punto.id"], name=op.f("fk_votazione_punto_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votazione")),
    )
    with op.batch_alter_table("votazione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votazione_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_votazione_punto_id"), ["punto_id"], unique=False)

    op.create_table(
        "decisione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organo_id", sa.Integer(), nullable=False),
        sa.Column("punto_id", sa.Integer(), nullable=False),
        sa.Column("votazione_id", sa.Integer(), nullable=True),
        sa.Column("anno", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("eseguibile", sa.Boolean(), nullable=False),
        sa.Column("presa_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_decisione_ambito_id")),
        sa.ForeignKeyConstraint(["organo_id"], ["organo.id"], name=op.f("fk_decisione_organo_id")),
        sa.ForeignKeyConstraint(["punto_id"], ["punto.id"], name=op.f("fk_decisione_punto_id")),
        sa.ForeignKeyConstraint(["votazione_id"], ["votazione.id"], name=op.f("fk_decisione_votazione_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisione")),
        sa.UniqueConstraint("organo_id", "anno", "numero", name=op.f("uq_decisione_organo_id_anno_numero")),
    )
    with op.batch_alter_table("decisione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisione_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_decisione_presa", ["ambito_id", "presa_il"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisione_punto_id"), ["punto_id"], unique=False)

    op.create_table(
        "voto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("votazione_id", sa.Integer(), nullable=False),
        sa.Column("seggio_id", sa.Integer(), nullable=False),
        sa.Column(
            "voto",
            sa.Enum(
                "favorevole", "contrario", "astenuto", name="voto", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_voto_ambito_id")),
        sa.ForeignKeyConstraint(["seggio_id"], ["seggio.id"], name=op.f("fk_voto_seggio_id")),
        sa.ForeignKeyConstraint(["votazione_id"], ["votazione.id"], name=op.f("fk_voto_votazione_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voto")),
        sa.UniqueConstraint("votazione_id", "seggio_id", name=op.f("uq_voto_votazione_id_seggio_id")),
    )
    with op.batch_alter_table("voto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voto_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voto_seggio_id"), ["seggio_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("voto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voto_seggio_id"))
        batch_op.drop_index(batch_op.f("ix_voto_ambito_id"))

    op.drop_table("voto")
    with op.batch_alter_table("decisione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisione_punto_id"))
        batch_op.drop_index("ix_decisione_presa")
        batch_op.drop_index(batch_op.f("ix_decisione_ambito_id"))

    op.drop_table("decisione")
    with op.batch_alter_table("votazione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_votazione_punto_id"))
        batch_op.drop_index(batch_op.f("ix_votazione_ambito_id"))

    op.drop_table("votazione")
    with op.batch_alter_table("punto_conflitto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_punto_conflitto_seggio_id"))
        batch_op.drop_index(batch_op.f("ix_punto_conflitto_ambito_id"))

    op.drop_table("punto_conflitto")
    with op.batch_alter_table("azione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_azione_punto_id"))
        batch_op.drop_index(batch_op.f("ix_azione_organo_id"))
        batch_op.drop_index(batch_op.f("ix_azione_ambito_id"))

    op.drop_table("azione")
    with op.batch_alter_table("punto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_punto_padre_id"))
        batch_op.drop_index(batch_op.f("ix_punto_ambito_id"))

    op.drop_table("punto")
    with op.batch_alter_table("movimento", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_movimento_seggio_id"))
        batch_op.drop_index("ix_movimento_seduta")
        batch_op.drop_index(batch_op.f("ix_movimento_ambito_id"))

    op.drop_table("movimento")
    with op.batch_alter_table("invitato", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitato_seduta_id"))
        batch_op.drop_index(batch_op.f("ix_invitato_ambito_id"))

    op.drop_table("invitato")
    with op.batch_alter_table("convocato", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_convocato_utente_id"))
        batch_op.drop_index(batch_op.f("ix_convocato_seggio_id"))
        batch_op.drop_index(batch_op.f("ix_convocato_ambito_id"))

    op.drop_table("convocato")
    with op.batch_alter_table("seduta", schema=None) as batch_op:
        batch_op.drop_index("ix_seduta_inizio")
        batch_op.drop_index(batch_op.f("ix_seduta_ambito_id"))

    op.drop_table("seduta")
