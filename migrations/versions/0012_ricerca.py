"""Indice della ricerca."""

from alembic import op
import sqlalchemy as sa

from portal.search import ddl_indici, ddl_togli


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ricerca_parola",
        sa.Column("parola", sa.Text(), nullable=False),
        sa.Column("grafia", sa.Text(), nullable=False),
        sa.Column("radice", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("parola", name=op.f("pk_ricerca_parola")),
    )
    with op.batch_alter_table("ricerca_parola", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ricerca_parola_radice"), ["radice"], unique=False)

    op.create_table(
        "ricerca_variante",
        sa.Column("variante", sa.Text(), nullable=False),
        sa.Column("parola", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("variante", "parola", name=op.f("pk_ricerca_variante")),
    )
    op.create_table(
        "ricerca_voce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ambito_id", sa.Integer(), nullable=True),
        sa.Column("tipo", sa.String(length=40), nullable=False),
        sa.Column("oggetto_id", sa.Integer(), nullable=False),
        sa.Column("titolo", sa.Text(), nullable=False),
        sa.Column("titolo_radici", sa.Text(), nullable=False),
        sa.Column("corpo_radici", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ricerca_voce")),
        sa.UniqueConstraint("tipo", "oggetto_id", name=op.f("uq_ricerca_voce_tipo_oggetto_id")),
    )
    with op.batch_alter_table("ricerca_voce", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ricerca_voce_ambito_id_ricerca_voce_tipo"), ["ambito_id", "tipo"], unique=False)
    for comando in ddl_indici(op.get_bind().dialect.name):
        op.execute(comando)


def downgrade() -> None:
    for comando in ddl_togli(op.get_bind().dialect.name):
        op.execute(comando)
    with op.batch_alter_table("ricerca_voce", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ricerca_voce_ambito_id_ricerca_voce_tipo"))

    op.drop_table("ricerca_voce")
    op.drop_table("ricerca_variante")
    with op.batch_alter_table("ricerca_parola", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ricerca_parola_radice"))

    op.drop_table("ricerca_parola")
