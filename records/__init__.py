"""The records room: what must survive, in PostgreSQL or SQLite, with every private text encrypted."""
