"""The schema's history, carried out by `records.schema`. Revisions are written by hand and never edited afterwards."""
