#!/bin/sh
# Creates Temporal's two databases and brings their tables up to this image's version. Safe to run again.
# Runs in Temporal's admin-tools image; SQL_HOST, SQL_USER and SQL_PASSWORD say where and as whom.
set -eu

prepare() {
  database=$1
  tables=$2
  set -- temporal-sql-tool --plugin postgres12 --ep "$SQL_HOST" --port 5432 --user "$SQL_USER" --db "$database"
  "$@" create
  "$@" setup-schema --version 0.0
  "$@" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$tables/versioned"
}

prepare temporal temporal
prepare temporal_visibility visibility
