"""Tavoli tematici: percorsi, fasi, incontri, partecipazioni, contributi, priorità."""

from alembic import op
import sqlalchemy as sa


revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "percorso",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("presentazione", sa.Text(), nullable=False),
        sa.Column("nota", sa.Text(), nullable=False),
        sa.Column("ciclo_id", sa.Integer(), nullable=True),
        sa.Column("atto", sa.String(length=300), nullable=False),
        sa.Column("atto_il", sa.Date(), nullable=False),
        sa.Column("istanze_al", sa.Date(), nullable=False),
        sa.Column("contributi_dal", sa.Date(), nullable=False),
        sa.Column("contributi_al", sa.Date(), nullable=False),
        sa.Column("cittadini", sa.Boolean(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum("bozza", "pubblicato", name="stato", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("creato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pubblicato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'pubblicato') = (pubblicato_il IS NOT NULL)", name=op.f("ck_percorso_pubblicato")),
        sa.CheckConstraint("contributi_al >= contributi_dal", name=op.f("ck_percorso_contributi")),
        sa.CheckConstraint("istanze_al >= contributi_dal", name=op.f("ck_percorso_istanze")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_percorso_ambito_id")),
        sa.ForeignKeyConstraint(["ciclo_id"], ["ciclo.id"], name=op.f("fk_percorso_ciclo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_percorso")),
        sa.UniqueConstraint("ambito_id", "slug", name=op.f("uq_percorso_ambito_id_slug")),
    )
    with op.batch_alter_table("percorso", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_percorso_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_percorso_ciclo_id"), ["ciclo_id"], unique=False)

    op.create_table(
        "fase_percorso",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("percorso_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("dal", sa.Date(), nullable=True),
        sa.Column("al", sa.Date(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("al IS NULL OR (dal IS NOT NULL AND al >= dal)", name=op.f("ck_fase_percorso_periodo")),
        sa.CheckConstraint("numero BETWEEN 1 AND 6", name=op.f("ck_fase_percorso_numero")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_fase_percorso_ambito_id")),
        sa.ForeignKeyConstraint(["percorso_id"], ["percorso.id"], name=op.f("fk_fase_percorso_percorso_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fase_percorso")),
        sa.UniqueConstraint("percorso_id", "numero", name=op.f("uq_fase_percorso_percorso_id_numero")),
    )
    with op.batch_alter_table("fase_percorso", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fase_percorso_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "tavolo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("percorso_id", sa.Integer(), nullable=False),
        sa.Column("organo_id", sa.Integer(), nullable=True),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("testo", sa.Text(), nullable=False),
        sa.Column("restituzione", sa.Text(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum("aperto", "restituito", name="stato", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("restituito_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'restituito') = (restituito_il IS NOT NULL)", name=op.f("ck_tavolo_restituito")),
        sa.CheckConstraint("numero >= 1", name=op.f("ck_tavolo_numero")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_tavolo_ambito_id")),
        sa.ForeignKeyConstraint(["organo_id"], ["organo.id"], name=op.f("fk_tavolo_organo_id")),
        sa.ForeignKeyConstraint(["percorso_id"], ["percorso.id"], name=op.f("fk_tavolo_percorso_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tavolo")),
        sa.UniqueConstraint("ambito_id", "slug", name=op.f("uq_tavolo_ambito_id_slug")),
        sa.UniqueConstraint("percorso_id", "numero", name=op.f("uq_tavolo_percorso_id_numero")),
    )
    with op.batch_alter_table("tavolo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tavolo_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tavolo_organo_id"), ["organo_id"], unique=False)

    op.create_table(
        "contributo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tavolo_id", sa.Integer(), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=True),
        sa.Column(
            "stato",
            sa.Enum(
                "bozza",
                "da_confermare",
                "inviato",
                "risposto",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("bisogno", sa.Text(), nullable=False),
        sa.Column("destinatari", sa.Text(), nullable=False),
        sa.Column("proposta", sa.Text(), nullable=False),
        sa.Column("risorse", sa.Text(), nullable=False),
        sa.Column(
            "momento",
            sa.Enum("prima", "durante", "dopo", name="momento", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("creato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("creato_da", sa.Integer(), nullable=True),
        sa.Column("inviato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "esito",
            sa.Enum(
                "accolto",
                "accolto_in_parte",
                "non_accolto",
                "fuori_ambito",
                name="esito",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("pubblico", sa.Boolean(), nullable=False),
        sa.Column("risposto_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("risposto_da", sa.Integer(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stato = 'risposto') = (esito IS NOT NULL)", name=op.f("ck_contributo_risposto")),
        sa.CheckConstraint(
            "(stato IN ('inviato', 'risposto')) = (inviato_il IS NOT NULL)", name=op.f("ck_contributo_inviato")
        ),
        sa.CheckConstraint("esito IS NULL OR motivo <> ''", name=op.f("ck_contributo_con_motivo")),
        sa.CheckConstraint("stato <> 'bozza' OR ente_id IS NOT NULL", name=op.f("ck_contributo_bozza")),
        sa.CheckConstraint("stato <> 'da_confermare' OR ente_id IS NULL", name=op.f("ck_contributo_da_confermare")),
        sa.CheckConstraint("(esito IS NULL) = (risposto_il IS NULL)", name=op.f("ck_contributo_risposto_quando")),
        sa.CheckConstraint("(inviato_il IS NULL) = (momento IS NULL)", name=op.f("ck_contributo_momento_se_inviato")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_contributo_ambito_id")),
        sa.ForeignKeyConstraint(["creato_da"], ["utente.id"], name=op.f("fk_contributo_creato_da")),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_contributo_ente_id")),
        sa.ForeignKeyConstraint(["risposto_da"], ["utente.id"], name=op.f("fk_contributo_risposto_da")),
        sa.ForeignKeyConstraint(["tavolo_id"], ["tavolo.id"], name=op.f("fk_contributo_tavolo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributo")),
    )
    with op.batch_alter_table("contributo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contributo_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contributo_ente_id"), ["ente_id"], unique=False)
        batch_op.create_index("ix_contributo_stato", ["ambito_id", "stato"], unique=False)
        batch_op.create_index("ix_contributo_tavolo", ["tavolo_id", "stato"], unique=False)

    op.create_table(
        "incontro",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("percorso_id", sa.Integer(), nullable=False),
        sa.Column("tavolo_id", sa.Integer(), nullable=True),
        sa.Column("seduta_id", sa.Integer(), nullable=True),
        sa.Column("giorno", sa.Date(), nullable=False),
        sa.Column("ora", sa.String(length=40), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("luogo", sa.String(length=300), nullable=False),
        sa.Column("resoconto", sa.Text(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_incontro_ambito_id")),
        sa.ForeignKeyConstraint(["percorso_id"], ["percorso.id"], name=op.f("fk_incontro_percorso_id")),
        sa.ForeignKeyConstraint(["seduta_id"], ["seduta.id"], name=op.f("fk_incontro_seduta_id")),
        sa.ForeignKeyConstraint(["tavolo_id"], ["tavolo.id"], name=op.f("fk_incontro_tavolo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incontro")),
    )
    with op.batch_alter_table("incontro", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incontro_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_incontro_giorno", ["percorso_id", "giorno"], unique=False)
        batch_op.create_index(batch_op.f("ix_incontro_seduta_id"), ["seduta_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incontro_tavolo_id"), ["tavolo_id"], unique=False)

    op.create_table(
        "partecipazione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tavolo_id", sa.Integer(), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "richiesta",
                "ammessa",
                "respinta",
                "ritirata",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attiva", sa.Integer(), nullable=True),
        sa.Column("chi", sa.String(length=300), nullable=False),
        sa.Column("perche", sa.Text(), nullable=False),
        sa.Column("chiesta_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chiesta_da", sa.Integer(), nullable=True),
        sa.Column("decisa_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decisa_da", sa.Integer(), nullable=True),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("atto", sa.String(length=300), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stato IN ('richiesta', 'ammessa')) = (attiva IS NOT NULL)", name=op.f("ck_partecipazione_viva")
        ),
        sa.CheckConstraint("stato <> 'richiesta' OR decisa_il IS NULL", name=op.f("ck_partecipazione_da_decidere")),
        sa.CheckConstraint(
            "stato NOT IN ('ammessa', 'respinta') OR decisa_il IS NOT NULL", name=op.f("ck_partecipazione_decisa")
        ),
        sa.CheckConstraint("(decisa_il IS NULL) = (atto IS NULL)", name=op.f("ck_partecipazione_decisa_con_atto")),
        sa.CheckConstraint("attiva IS NULL OR attiva = 1", name=op.f("ck_partecipazione_attiva")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_partecipazione_ambito_id")),
        sa.ForeignKeyConstraint(["chiesta_da"], ["utente.id"], name=op.f("fk_partecipazione_chiesta_da")),
        sa.ForeignKeyConstraint(["decisa_da"], ["utente.id"], name=op.f("fk_partecipazione_decisa_da")),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_partecipazione_ente_id")),
        sa.ForeignKeyConstraint(["tavolo_id"], ["tavolo.id"], name=op.f("fk_partecipazione_tavolo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partecipazione")),
        sa.UniqueConstraint("tavolo_id", "ente_id", "attiva", name="uq_partecipazione_una_per_ente"),
    )
    with op.batch_alter_table("partecipazione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partecipazione_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partecipazione_ente_id"), ["ente_id"], unique=False)
        batch_op.create_index("ix_partecipazione_stato", ["ambito_id", "stato"], unique=False)

    op.create_table(
        "priorita",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tavolo_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("perche", sa.Text(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_priorita_ambito_id")),
        sa.ForeignKeyConstraint(["tavolo_id"], ["tavolo.id"], name=op.f("fk_priorita_tavolo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priorita")),
        sa.UniqueConstraint("tavolo_id", "numero", name=op.f("uq_priorita_tavolo_id_numero")),
    )
    with op.batch_alter_table("priorita", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_priorita_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "tavolo_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tavolo_id", sa.Integer(), nullable=False),
        sa.Column(
            "area",
            sa.Enum(
                "accesso",
                "famiglie",
                "invecchiamento",
                "disabilita",
                "inclusione",
                "violenza",
                "pari_opportunita",
                name="area",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_tavolo_area_ambito_id")),
        sa.ForeignKeyConstraint(["tavolo_id"], ["tavolo.id"], name=op.f("fk_tavolo_area_tavolo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tavolo_area")),
        sa.UniqueConstraint("tavolo_id", "area", name=op.f("uq_tavolo_area_tavolo_id_area")),
    )
    with op.batch_alter_table("tavolo_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tavolo_area_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "avviso_priorita",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("avviso_id", sa.Integer(), nullable=False),
        sa.Column("priorita_id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_avviso_priorita_ambito_id")),
        sa.ForeignKeyConstraint(["avviso_id"], ["avviso.id"], name=op.f("fk_avviso_priorita_avviso_id")),
        sa.ForeignKeyConstraint(["priorita_id"], ["priorita.id"], name=op.f("fk_avviso_priorita_priorita_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avviso_priorita")),
        sa.UniqueConstraint("avviso_id", "priorita_id", name=op.f("uq_avviso_priorita_avviso_id_priorita_id")),
    )
    with op.batch_alter_table("avviso_priorita", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_avviso_priorita_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_avviso_priorita_priorita_id"), ["priorita_id"], unique=False)

    op.create_table(
        "mittente",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contributo_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("gettone", sa.String(length=64), nullable=False),
        sa.Column("scade_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confermato_il", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_mittente_ambito_id")),
        sa.ForeignKeyConstraint(["contributo_id"], ["contributo.id"], name=op.f("fk_mittente_contributo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mittente")),
        sa.UniqueConstraint("contributo_id", name=op.f("uq_mittente_contributo_id")),
        sa.UniqueConstraint("gettone", name=op.f("uq_mittente_gettone")),
    )
    with op.batch_alter_table("mittente", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mittente_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_mittente_scade", ["confermato_il", "scade_il"], unique=False)

    op.create_table(
        "priorita_contributo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("priorita_id", sa.Integer(), nullable=False),
        sa.Column("contributo_id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_priorita_contributo_ambito_id")),
        sa.ForeignKeyConstraint(["contributo_id"], ["contributo.id"], name=op.f("fk_priorita_contributo_contributo_id")),
        sa.ForeignKeyConstraint(["priorita_id"], ["priorita.id"], name=op.f("fk_priorita_contributo_priorita_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priorita_contributo")),
        sa.UniqueConstraint("priorita_id", "contributo_id", name=op.f("uq_priorita_contributo_priorita_id_contributo_id")),
    )
    with op.batch_alter_table("priorita_contributo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_priorita_contributo_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_priorita_contributo_contributo_id"), ["contributo_id"], unique=False)

    op.create_table(
        "priorita_scheda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("priorita_id", sa.Integer(), nullable=False),
        sa.Column("scheda_id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_priorita_scheda_ambito_id")),
        sa.ForeignKeyConstraint(["priorita_id"], ["priorita.id"], name=op.f("fk_priorita_scheda_priorita_id")),
        sa.ForeignKeyConstraint(["scheda_id"], ["scheda.id"], name=op.f("fk_priorita_scheda_scheda_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priorita_scheda")),
        sa.UniqueConstraint("priorita_id", "scheda_id", name=op.f("uq_priorita_scheda_priorita_id_scheda_id")),
    )
    with op.batch_alter_table("priorita_scheda", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_priorita_scheda_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_priorita_scheda_scheda_id"), ["scheda_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("priorita_scheda", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_priorita_scheda_scheda_id"))
        batch_op.drop_index(batch_op.f("ix_priorita_scheda_ambito_id"))

    op.drop_table("priorita_scheda")
    with op.batch_alter_table("priorita_contributo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_priorita_contributo_contributo_id"))
        batch_op.drop_index(batch_op.f("ix_priorita_contributo_ambito_id"))

    op.drop_table("priorita_contributo")
    with op.batch_alter_table("mittente", schema=None) as batch_op:
        batch_op.drop_index("ix_mittente_scade")
        batch_op.drop_index(batch_op.f("ix_mittente_ambito_id"))

    op.drop_table("mittente")
    with op.batch_alter_table("avviso_priorita", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_avviso_priorita_priorita_id"))
        batch_op.drop_index(batch_op.f("ix_avviso_priorita_ambito_id"))

    op.drop_table("avviso_priorita")
    with op.batch_alter_table("tavolo_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tavolo_area_ambito_id"))

    op.drop_table("tavolo_area")
    with op.batch_alter_table("priorita", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_priorita_ambito_id"))

    op.drop_table("priorita")
    with op.batch_alter_table("partecipazione", schema=None) as batch_op:
        batch_op.drop_index("ix_partecipazione_stato")
        batch_op.drop_index(batch_op.f("ix_partecipazione_ente_id"))
        batch_op.drop_index(batch_op.f("ix_partecipazione_ambito_id"))

    op.drop_table("partecipazione")
    with op.batch_alter_table("incontro", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incontro_tavolo_id"))
        batch_op.drop_index(batch_op.f("ix_incontro_seduta_id"))
        batch_op.drop_index("ix_incontro_giorno")
        batch_op.drop_index(batch_op.f("ix_incontro_ambito_id"))

    op.drop_table("incontro")
    with op.batch_alter_table("contributo", schema=None) as batch_op:
        batch_op.drop_index("ix_contributo_tavolo")
        batch_op.drop_index("ix_contributo_stato")
        batch_op.drop_index(batch_op.f("ix_contributo_ente_id"))
        batch_op.drop_index(batch_op.f("ix_contributo_ambito_id"))

    op.drop_table("contributo")
    with op.batch_alter_table("tavolo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tavolo_organo_id"))
        batch_op.drop_index(batch_op.f("ix_tavolo_ambito_id"))

    op.drop_table("tavolo")
    with op.batch_alter_table("fase_percorso", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fase_percorso_ambito_id"))

    op.drop_table("fase_percorso")
    with op.batch_alter_table("percorso", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_percorso_ciclo_id"))
        batch_op.drop_index(batch_op.f("ix_percorso_ambito_id"))

    op.drop_table("percorso")
