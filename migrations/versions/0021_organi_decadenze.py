"""Oggetto e importo delle decisioni, assenze, supplenti, organi spenti, eletti sui posti."""

from alembic import op
import sqlalchemy as sa


revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assenza",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seduta_id", sa.Integer(), nullable=False),
        sa.Column("seggio_id", sa.Integer(), nullable=False),
        sa.Column("motivo", sa.String(length=300), nullable=False),
        sa.Column("registrata_il", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ambito_id"], ["ambito.id"], name=op.f("fk_assenza_ambito_id")),
        sa.ForeignKeyConstraint(["seduta_id"], ["seduta.id"], name=op.f("fk_assenza_seduta_id")),
        sa.ForeignKeyConstraint(["seggio_id"], ["seggio.id"], name=op.f("fk_assenza_seggio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assenza")),
        sa.UniqueConstraint("seduta_id", "seggio_id", name=op.f("uq_assenza_seduta_id_seggio_id")),
    )
    with op.batch_alter_table("assenza", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assenza_ambito_id"), ["ambito_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assenza_seggio_id"), ["seggio_id"], unique=False)

    with op.batch_alter_table("candidatura", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mandato_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_candidatura_mandato_id"), ["mandato_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_candidatura_mandato_id"), "mandato", ["mandato_id"], ["id"])

    with op.batch_alter_table("decisione", schema=None) as batch_op:
        batch_op.add_column(sa.Column("importo", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("mandato", schema=None) as batch_op:
        batch_op.add_column(sa.Column("atto_fine", sa.String(length=300), nullable=False, server_default=""))

    with op.batch_alter_table("movimento", schema=None) as batch_op:
        batch_op.add_column(sa.Column("supplente", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("organo", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stato_dal", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("stato_motivo", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("assenze_norma", sa.String(length=300), nullable=False, server_default=""))

    with op.batch_alter_table("punto", schema=None) as batch_op:
        batch_op.create_index("ix_punto_oggetto", ["oggetto_tipo", "oggetto_id"], unique=False)

    with op.batch_alter_table("seggio", schema=None) as batch_op:
        batch_op.add_column(sa.Column("motivo", sa.String(length=300), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("seggio", schema=None) as batch_op:
        batch_op.drop_column("motivo")

    with op.batch_alter_table("punto", schema=None) as batch_op:
        batch_op.drop_index("ix_punto_oggetto")

    with op.batch_alter_table("organo", schema=None) as batch_op:
        batch_op.drop_column("assenze_norma")
        batch_op.drop_column("stato_motivo")
        batch_op.drop_column("stato_dal")

    with op.batch_alter_table("movimento", schema=None) as batch_op:
        batch_op.drop_column("supplente")

    with op.batch_alter_table("mandato", schema=None) as batch_op:
        batch_op.drop_column("atto_fine")

    with op.batch_alter_table("decisione", schema=None) as batch_op:
        batch_op.drop_column("importo")

    with op.batch_alter_table("candidatura", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_candidatura_mandato_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_candidatura_mandato_id"))
        batch_op.drop_column("mandato_id")

    with op.batch_alter_table("assenza", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assenza_seggio_id"))
        batch_op.drop_index(batch_op.f("ix_assenza_ambito_id"))

    op.drop_table("assenza")
