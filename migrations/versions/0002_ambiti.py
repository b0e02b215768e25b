"""Ambiti, comuni, impostazioni, numeratori."""

from alembic import op
import sqlalchemy as sa


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ambito",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("capofila", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=True),
        sa.Column("pec", sa.String(length=300), nullable=True),
        sa.Column("telefono", sa.String(length=300), nullable=True),
        sa.Column("codice_fiscale", sa.String(length=40), nullable=True),
        sa.Column("accento", sa.String(length=40), nullable=True),
        sa.CheckConstraint("slug = lower(slug)", name=op.f("ck_ambito_slug_minuscolo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ambito")),
        sa.UniqueConstraint("slug", name=op.f("uq_ambito_slug")),
    )
    op.create_table(
        "comune",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("capofila", sa.Boolean(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_comune_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comune")),
        sa.UniqueConstraint("ambito_id", "nome", name=op.f("uq_comune_ambito_id_nome")),
    )
    with op.batch_alter_table("comune", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comune_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "festivita",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("giorno", sa.Date(), nullable=False),
        sa.Column("nome", sa.String(length=300), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_festivita_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_festivita")),
        sa.UniqueConstraint("ambito_id", "giorno", name=op.f("uq_festivita_ambito_id_giorno")),
    )
    with op.batch_alter_table("festivita", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_festivita_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "impostazione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chiave", sa.String(length=40), nullable=False),
        sa.Column("valore", sa.String(length=300), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_impostazione_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impostazione")),
        sa.UniqueConstraint("ambito_id", "chiave", name=op.f("uq_impostazione_ambito_id_chiave")),
    )
    with op.batch_alter_table("impostazione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impostazione_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "numeratore",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registro", sa.String(length=40), nullable=False),
        sa.Column("anno", sa.Integer(), nullable=False),
        sa.Column("ultimo", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_numeratore_ambito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_numeratore")),
        sa.UniqueConstraint("ambito_id", "registro", "anno", name=op.f("uq_numeratore_ambito_id_registro_anno")),
    )
    with op.batch_alter_table("numeratore", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_numeratore_ambito_id"), ["ambito_id"], unique=False)

    op.create_table(
        "popolazione",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comune_id", sa.Integer(), nullable=False),
        sa.Column("anno", sa.Integer(), nullable=False),
        sa.Column("classe", sa.String(length=40), nullable=False),
        sa.Column("abitanti", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("abitanti >= 0", name=op.f("ck_popolazione_abitanti")),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_popolazione_ambito_id")),
        sa.ForeignKeyConstraint(["comune_id"], ["comune.id"], name=op.f("fk_popolazione_comune_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_popolazione")),
        sa.UniqueConstraint("comune_id", "anno", "classe", name=op.f("uq_popolazione_comune_id_anno_classe")),
    )
    with op.batch_alter_table("popolazione", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_popolazione_ambito_id"), ["ambito_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("popolazione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_popolazione_ambito_id"))

    op.drop_table("popolazione")
    with op.batch_alter_table("numeratore", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_numeratore_ambito_id"))

    op.drop_table("numeratore")
    with op.batch_alter_table("impostazione", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impostazione_ambito_id"))

    op.drop_table("impostazione")
    with op.batch_alter_table("festivita", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_festivita_ambito_id"))

    op.drop_table("festivita")
    with op.batch_alter_table("comune", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comune_ambito_id"))

    op.drop_table("comune")
    op.drop_table("ambito")
