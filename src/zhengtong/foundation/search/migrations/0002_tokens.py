"""The index over the tokens: FTS5 embedded, an inverted index of PostgreSQL else."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_tokens USING fts5(tokens, content='search_row', content_rowid='id', tokenize='ascii', detail=none)",
    "CREATE TRIGGER search_row_in AFTER INSERT ON search_row BEGIN"
    " INSERT INTO search_tokens(rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER search_row_out AFTER DELETE ON search_row BEGIN"
    " INSERT INTO search_tokens(search_tokens, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER search_row_anew AFTER UPDATE ON search_row BEGIN"
    " INSERT INTO search_tokens(search_tokens, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
    " INSERT INTO search_tokens(rowid, tokens) VALUES (new.id, new.tokens); END",
)
POSTGRESQL = ("CREATE INDEX search_row_tokens ON search_row USING gin (string_to_array(tokens, ' '))",)


def index(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
