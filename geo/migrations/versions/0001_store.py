"""Documents, figures, readings, decisions, editions and links.

Revision: 0001, after nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("reader", sa.String(100), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text, nullable=False),
        sa.Column("date", sa.Date),
        sa.Column("date_basis", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("body_start", sa.Integer, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("added", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_documents"),
        sa.UniqueConstraint("id", "revision", name="uq_documents_id_revision"),
    )
    op.create_index("ix_documents_checksum", "documents", ["checksum"])
    op.create_table(
        "figures",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("document_key", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("layer", sa.String(20), nullable=False),
        sa.Column("indicator", sa.String(80), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("first_year", sa.Integer),
        sa.Column("last_year", sa.Integer),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_figures"),
        sa.ForeignKeyConstraint(["document_key"], ["documents.key"], name="fk_figures_document_key"),
        sa.UniqueConstraint("document_key", "digest", name="uq_figures_document_key_digest"),
    )
    op.create_index("ix_figures_id", "figures", ["id"])
    op.create_index("ix_figures_indicator", "figures", ["indicator"])
    op.create_table(
        "figure_places",
        sa.Column("figure_key", sa.Integer, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("own", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("figure_key", "place", name="pk_figure_places"),
        sa.ForeignKeyConstraint(["figure_key"], ["figures.key"], name="fk_figure_places_figure_key"),
    )
    op.create_index("ix_figure_places_place", "figure_places", ["place"])
    op.create_table(
        "observations",
        sa.Column("document_key", sa.Integer, nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("figure_key", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("document_key", "id", name="pk_observations"),
        sa.ForeignKeyConstraint(["document_key"], ["documents.key"], name="fk_observations_document_key"),
        sa.ForeignKeyConstraint(["figure_key"], ["figures.key"], name="fk_observations_figure_key"),
    )
    op.create_table(
        "decisions",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("observation", sa.String(80), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("figure_key", sa.Integer),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_decisions"),
        sa.ForeignKeyConstraint(["figure_key"], ["figures.key"], name="fk_decisions_figure_key"),
    )
    op.create_index("ix_decisions_document", "decisions", ["document"])
    op.create_table(
        "editions",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("published", _moment(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("observations", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_editions"),
    )
    op.create_table(
        "edition_observations",
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("figure_key", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("edition", "figure_key", name="pk_edition_observations"),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"], name="fk_edition_observations_edition"),
        sa.ForeignKeyConstraint(["figure_key"], ["figures.key"], name="fk_edition_observations_figure_key"),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("created", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
    )


def downgrade() -> None:
    for table in (
        "links",
        "edition_observations",
        "editions",
        "decisions",
        "observations",
        "figure_places",
        "figures",
        "documents",
    ):
        op.drop_table(table)
