"""Piano di Zona: cicli, schede, righe di bilancio."""

from alembic import op
import sqlalchemy as sa


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ciclo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("codice", sa.String(length=40), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("anno_da", sa.Integer(), nullable=False),
        sa.Column("anno_a", sa.Integer(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "in_preparazione", "adottato", "chiuso", name="stato", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("adottato_il", sa.Date(), nullable=True),
        sa.Column("atto", sa.String(length=300), nullable=True),
        sa.Column("fonte", sa.String(length=300), nullable=False),
        sa.Column("budget_dichiarato", sa.BigInteger(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("anno_a >= anno_da", name=op.f("ck_ciclo_anni")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_ciclo_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ciclo")),
        sa.UniqueConstraint("ambito_id", "codice", name=op.f("uq_ciclo_ambito_id_codice")),
    )
    with op.batch_alter_table("ciclo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ciclo_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "fondo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("codice", sa.String(length=40), nullable=False),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_fondo_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fondo")),
        sa.UniqueConstraint("ambito_id", "codice", name=op.f("uq_fondo_ambito_id_codice")),
    )
    with op.batch_alter_table("fondo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fondo_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "scheda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ciclo_id", sa.Integer(), nullable=False),
        sa.Column("schema", sa.String(length=40), nullable=False),
        sa.Column("codice", sa.String(length=40), nullable=False),
        sa.Column("titolo", sa.String(length=300), nullable=False),
        sa.Column("macro", sa.String(length=40), nullable=False),
        sa.Column("macro_titolo", sa.String(length=300), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("totale_dichiarato", sa.BigInteger(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_scheda_ambito_id")),
        sa.ForeignKeyConstraint(["ciclo_id"], ["ciclo.id"], name=op.f("fk_scheda_ciclo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheda")),
        sa.UniqueConstraint("ciclo_id", "codice", name=op.f("uq_scheda_ciclo_id_codice")),
    )
    with op.batch_alter_table("scheda", schema=None) as batch_op:
        batch_op.create_index("ix_scheda_ambito_codice", ["ambito_id", "codice"], unique=False)
        batch_op.create_index(batch_op.f("ix_scheda_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "voce_dichiarata",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ciclo_id", sa.Integer(), nullable=False),
        sa.Column("tavola", sa.String(length=40), nullable=False),
        sa.Column("riga", sa.String(length=300), nullable=False),
        sa.Column("colonna", sa.String(length=300), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("importo", sa.BigInteger(), nullable=True),
        sa.Column("conteggio", sa.Integer(), nullable=True),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_voce_dichiarata_ambito_id")),
        sa.ForeignKeyConstraint(["ciclo_id"], ["ciclo.id"], name=op.f("fk_voce_dichiarata_ciclo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voce_dichiarata")),
        sa.UniqueConstraint(
            "ciclo_id", "tavola", "riga", "colonna", name=op.f("uq_voce_dichiarata_ciclo_id_tavola_riga_colonna")
        ),
    )
    with op.batch_alter_table("voce_dichiarata", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voce_dichiarata_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "annualita",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheda_id", sa.Integer(), nullable=False),
        sa.Column("anno", sa.Integer(), nullable=False),
        sa.Column("importo_dichiarato", sa.BigInteger(), nullable=True),
        sa.Column("fonte_testo", sa.Text(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_annualita_ambito_id")),
        sa.ForeignKeyConstraint(["scheda_id"], ["scheda.id"], name=op.f("fk_annualita_scheda_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annualita")),
        sa.UniqueConstraint("scheda_id", "anno", name=op.f("uq_annualita_scheda_id_anno")),
    )
    with op.batch_alter_table("annualita", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_annualita_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "intervento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheda_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("denominazione", sa.Text(), nullable=False),
        sa.Column("riferimento", sa.Text(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_intervento_ambito_id")),
        sa.ForeignKeyConstraint(["scheda_id"], ["scheda.id"], name=op.f("fk_intervento_scheda_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervento")),
    )
    with op.batch_alter_table("intervento", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intervento_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_intervento_scheda", ["scheda_id", "ordine"], unique=False)

    op.create_table(
        "scheda_livello",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheda_id", sa.Integer(), nullable=False),
        sa.Column(
            "livello",
            sa.Enum(
                "LEPS",
                "POTENZIAMENTO",
                "ODS",
                "SPECIFICITA",
                name="livello",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_scheda_livello_ambito_id")),
        sa.ForeignKeyConstraint(["scheda_id"], ["scheda.id"], name=op.f("fk_scheda_livello_scheda_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheda_livello")),
        sa.UniqueConstraint("scheda_id", "livello", name=op.f("uq_scheda_livello_scheda_id_livello")),
    )
    with op.batch_alter_table("scheda_livello", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheda_livello_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "riga_bilancio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annualita_id", sa.Integer(), nullable=False),
        sa.Column("fondo_id", sa.Integer(), nullable=False),
        sa.Column("ordine", sa.Integer(), nullable=False),
        sa.Column("fonte", sa.String(length=300), nullable=False),
        sa.Column("importo", sa.BigInteger(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("importo >= 0", name=op.f("ck_riga_bilancio_importo")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_riga_bilancio_ambito_id")),
        sa.ForeignKeyConstraint(["annualita_id"], ["annualita.id"], name=op.f("fk_riga_bilancio_annualita_id")),
        sa.ForeignKeyConstraint(["fondo_id"], ["fondo.id"], name=op.f("fk_riga_bilancio_fondo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_riga_bilancio")),
    )
    with op.batch_alter_table("riga_bilancio", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_riga_bilancio_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index("ix_riga_bilancio_annualita", ["annualita_id"], unique=False)
        batch_op.create_index("ix_riga_bilancio_fondo", ["ambito_id", "fondo_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("riga_bilancio", schema=None) as batch_op:
        batch_op.drop_index("ix_riga_bilancio_fondo")
        batch_op.drop_index("ix_riga_bilancio_annualita")
        batch_op.drop_index(batch_op.f("ix_riga_bilancio_ambito_id"))

    op.drop_table("riga_bilancio")
    with op.batch_alter_table("scheda_livello", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheda_livello_ambito_id"))

    op.drop_table("scheda_livello")
    with op.batch_alter_table("intervento", schema=None) as batch_op:
        batch_op.drop_index("ix_intervento_scheda")
        batch_op.drop_index(batch_op.f("ix_intervento_ambito_id"))

    op.drop_table("intervento")
    with op.batch_alter_table("annualita", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_annualita_ambito_id"))

    op.drop_table("annualita")
    with op.batch_alter_table("voce_dichiarata", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voce_dichiarata_ambito_id"))

    op.drop_table("voce_dichiarata")
    with op.batch_alter_table("scheda", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheda_ambito_id"))
        batch_op.drop_index("ix_scheda_ambito_codice")

    op.drop_table("scheda")
    with op.batch_alter_table("fondo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fondo_ambito_id"))

    op.drop_table("fondo")
    with op.batch_alter_table("ciclo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ciclo_ambito_id"))

    op.drop_table("ciclo")
