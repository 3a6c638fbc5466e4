"""Alembic's entry: migrates on the connection that ``geo.database`` hands over, inside its transaction."""

from alembic import context

from geo.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
context.run_migrations()
