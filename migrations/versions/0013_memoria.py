"""Versione del contenuto, nella testa di ogni catena; su SQLite il registro rifiuta anche INSERT OR REPLACE."""

from alembic import op
import sqlalchemy as sa


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# REPLACE takes the old row away without calling the triggers of DELETE
NIENTE_RIMPIAZZI = (
    "CREATE TRIGGER evento_no_replace BEFORE INSERT ON evento "
    "WHEN EXISTS (SELECT 1 FROM evento WHERE id = NEW.id OR (catena = NEW.catena AND numero = NEW.numero)) "
    "BEGIN SELECT RAISE(ABORT, 'registro di sole aggiunte'); END"
)


def upgrade() -> None:
    op.add_column("evento_testa", sa.Column("contenuto", sa.Integer(), nullable=False, server_default="0"))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(NIENTE_RIMPIAZZI)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER evento_no_replace")
    with op.batch_alter_table("evento_testa", schema=None) as batch_op:
        batch_op.drop_column("contenuto")
