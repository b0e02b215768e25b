"""Enti e rilevazioni del RUNTS."""

from alembic import op
import sqlalchemy as sa


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ente",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "tipo",
            sa.Enum(
                "ets", "pubblico", "sindacato", "altro", name="tipo", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("codice_fiscale", sa.String(length=11), nullable=False),
        sa.Column("denominazione", sa.String(length=300), nullable=False),
        sa.Column("forma_giuridica", sa.String(length=300), nullable=True),
        sa.Column("pec", sa.String(length=300), nullable=False),
        sa.Column("sito", sa.String(length=300), nullable=True),
        sa.Column("telefono", sa.String(length=300), nullable=True),
        sa.Column("indirizzo", sa.String(length=300), nullable=True),
        sa.Column("cap", sa.String(length=5), nullable=True),
        sa.Column("comune", sa.String(length=300), nullable=False),
        sa.Column("provincia", sa.String(length=2), nullable=False),
        sa.Column("esempio", sa.Boolean(), nullable=False),
        sa.Column("registrato_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("versione", sa.Integer(), nullable=False),
        sa.CheckConstraint("cap IS NULL OR length(cap) = 5", name=op.f("ck_ente_cap_5")),
        sa.CheckConstraint("length(codice_fiscale) = 11", name=op.f("ck_ente_codice_fiscale_11")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ente")),
        sa.UniqueConstraint("codice_fiscale", name=op.f("uq_ente_codice_fiscale")),
    )
    op.create_table(
        "attivita_ente",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=False),
        sa.Column("lettera", sa.String(length=1), nullable=False),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_attivita_ente_ente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attivita_ente")),
        sa.UniqueConstraint("ente_id", "lettera", name=op.f("uq_attivita_ente_ente_id_lettera")),
    )
    op.create_table(
        "rilevazione_runts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ente_id", sa.Integer(), nullable=False),
        sa.Column(
            "stato",
            sa.Enum(
                "iscritto",
                "in_istruttoria",
                "iscritto_da_trasmigrazione",
                "cancellato",
                "non_trovato",
                "solo_registro_imprese",
                "ex_onlus_domanda_pendente",
                "ramo_ets_ente_religioso",
                name="stato",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "sezione",
            sa.Enum(
                "odv",
                "aps",
                "ef",
                "is",
                "ra",
                "sms",
                "ets",
                name="sezione",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("repertorio", sa.Integer(), nullable=True),
        sa.Column("iscritto_il", sa.Date(), nullable=True),
        sa.Column("fonte", sa.String(length=300), nullable=False),
        sa.Column("rilevata_il", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_rilevazione_runts_ente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rilevazione_runts")),
    )
    with op.batch_alter_table("rilevazione_runts", schema=None) as batch_op:
        batch_op.create_index("ix_rilevazione_runts_ente", ["ente_id", "rilevata_il"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("rilevazione_runts", schema=None) as batch_op:
        batch_op.drop_index("ix_rilevazione_runts_ente")

    op.drop_table("rilevazione_runts")
    op.drop_table("attivita_ente")
    op.drop_table("ente")
