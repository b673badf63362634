#!/bin/sh
# Run once by the PostgreSQL container on an empty volume, as the superuser: a database with two logins. `winnow_owner`
# owns the tables and migrates; `winnow` reads and writes rows, and cannot get past row-level security.
set -eu

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" <<'SQL'
create role winnow_owner login password :'owner_password';
create role winnow login password :'app_password';
create role winnow_search nologin;
create role winnow_app nologin;
grant winnow_search to winnow_owner;
create database winnow owner winnow_owner;
\connect winnow
revoke all on schema public from public;
grant usage, create on schema public to winnow_owner;
SQL
