"""Indici del filo: dalla scheda ai suoi avvisi, alle sue righe di bilancio, alla sua pagina della guida."""

from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_avviso_scheda", "avviso", ["scheda_id", "ambito_id"])
    op.create_index("ix_servizio_scheda", "servizio", ["scheda_id", "ambito_id"])
    op.drop_index("ix_riga_bilancio_annualita", table_name="riga_bilancio")
    op.create_index("ix_riga_bilancio_annualita", "riga_bilancio", ["annualita_id", "ambito_id"])


def downgrade() -> None:
    op.drop_index("ix_riga_bilancio_annualita", table_name="riga_bilancio")
    op.create_index("ix_riga_bilancio_annualita", "riga_bilancio", ["annualita_id"])
    op.drop_index("ix_servizio_scheda", table_name="servizio")
    op.drop_index("ix_avviso_scheda", table_name="avviso")
