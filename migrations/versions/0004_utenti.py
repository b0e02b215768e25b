"""Utenti, ruoli, sessioni."""

from alembic import op
import sqlalchemy as sa


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tentativo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chiave", sa.String(length=64), nullable=False),
        sa.Column("quando", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tentativo")),
    )
    with op.batch_alter_table("tentativo", schema=None) as batch_op:
        batch_op.create_index("ix_tentativo_chiave", ["chiave", "quando"], unique=False)

    op.create_table(
        "utente",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("attivo", sa.Boolean(), nullable=False),
        sa.Column("creato_il", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_utente_email_minuscola")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_utente")),
        sa.UniqueConstraint("email", name=op.f("uq_utente_email")),
    )
    op.create_table(
        "recupero_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utente_id", sa.Integer(), nullable=False),
        sa.Column("gettone", sa.String(length=64), nullable=False),
        sa.Column("scade_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("usato_il", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["utente_id"], ["utente.id"], name=op.f("fk_recupero_password_utente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recupero_password")),
        sa.UniqueConstraint("gettone", name=op.f("uq_recupero_password_gettone")),
    )
    op.create_table(
        "ruolo_utente",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utente_id", sa.Integer(), nullable=False),
        sa.Column(
            "ruolo",
            sa.Enum(
                "responsabile",
                "operatore",
                "commissario",
                "componente",
                "rappresentante",
                "delegato",
                "compilatore",
                "amministratore",
                name="ruolo",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ambito_id", sa.Integer(), nullable=True),
        sa.Column("ente_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(ruolo IN ('rappresentante', 'delegato', 'compilatore')) = (ente_id IS NOT NULL)",
            name=op.f("ck_ruolo_utente_ente_se_serve"),
        ),
        sa.CheckConstraint(
            "(ruolo IN ('responsabile', 'operatore', 'commissario', 'componente')) = (ambito_id IS NOT NULL)",
            name=op.f("ck_ruolo_utente_ambito_se_serve"),
        ),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_ruolo_utente_ambito_id")),
        sa.ForeignKeyConstraint(["ente_id"], ["ente.id"], name=op.f("fk_ruolo_utente_ente_id")),
        sa.ForeignKeyConstraint(["utente_id"], ["utente.id"], name=op.f("fk_ruolo_utente_utente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruolo_utente")),
        sa.UniqueConstraint(
            "utente_id", "ruolo", "ambito_id", "ente_id", name=op.f("uq_ruolo_utente_utente_id_ruolo_ambito_id_ente_id")
        ),
    )
    with op.batch_alter_table("ruolo_utente", schema=None) as batch_op:
        batch_op.create_index("ix_ruolo_utente_ambito", ["ambito_id", "ruolo"], unique=False)
        batch_op.create_index("ix_ruolo_utente_ente", ["ente_id", "ruolo"], unique=False)

    op.create_table(
        "sessione_utente",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utente_id", sa.Integer(), nullable=False),
        sa.Column("gettone", sa.String(length=64), nullable=False),
        sa.Column("creata_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vista_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scade_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dispositivo", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["utente_id"], ["utente.id"], name=op.f("fk_sessione_utente_utente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessione_utente")),
        sa.UniqueConstraint("gettone", name=op.f("uq_sessione_utente_gettone")),
    )
    with op.batch_alter_table("sessione_utente", schema=None) as batch_op:
        batch_op.create_index("ix_sessione_utente_utente", ["utente_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sessione_utente", schema=None) as batch_op:
        batch_op.drop_index("ix_sessione_utente_utente")

    op.drop_table("sessione_utente")
    with op.batch_alter_table("ruolo_utente", schema=None) as batch_op:
        batch_op.drop_index("ix_ruolo_utente_ente")
        batch_op.drop_index("ix_ruolo_utente_ambito")

    op.drop_table("ruolo_utente")
    op.drop_table("recupero_password")
    op.drop_table("utente")
    with op.batch_alter_table("tentativo", schema=None) as batch_op:
        batch_op.drop_index("ix_tentativo_chiave")

    op.drop_table("tentativo")
