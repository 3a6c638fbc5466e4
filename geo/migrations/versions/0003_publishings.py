"""Up to which decision an editor has published.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publishings",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("decision", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_publishings"),
        sa.ForeignKeyConstraint(["decision"], ["decisions.key"], name="fk_publishings_decision"),
    )
    # Until now every edition, also that of a rebuild, held what was decided on the figures of bulletins by then.
    op.execute(
        "INSERT INTO publishings (decision, at) SELECT decision, published FROM"
        " (SELECT max(key) AS decision FROM decisions WHERE at <= (SELECT max(published) FROM editions)) AS newest,"
        " (SELECT max(published) AS published FROM editions) AS last"
        " WHERE decision IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("publishings")
