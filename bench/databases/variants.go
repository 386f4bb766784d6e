package main

import (
	"context"
	"fmt"
)

// variant is a database that holds the same rows as the demo in another way.
type variant struct {
	name    string
	options string // of CREATE DATABASE
	change  string // what is done to it once it is filled; %s is its name
	schema  string // where the tables are then
	session string // settings for everyone who connects; %s is the name
}

// eachTable runs a statement for each of the tables of the demo.
func eachTable(statement string) string {
	return `DO $do$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'public' AND tablename !~ '[" ]' LOOP ` + statement + `; END LOOP; END $do$;`
}

// variants are what databases of Confluence are found like.
var variants = []variant{
	{name: "encoding SQL_ASCII", options: "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'", schema: "public"},
	{name: "settings of the database: DateStyle German, read only, and more", schema: "public", session: `
		ALTER DATABASE %[1]s SET DateStyle = 'German'; ALTER DATABASE %[1]s SET IntervalStyle = 'sql_standard'; ALTER DATABASE %[1]s SET bytea_output = 'escape';
		ALTER DATABASE %[1]s SET TimeZone = 'Asia/Kathmandu'; ALTER DATABASE %[1]s SET standard_conforming_strings = off; ALTER DATABASE %[1]s SET escape_string_warning = off;
		ALTER DATABASE %[1]s SET default_transaction_read_only = on; ALTER DATABASE %[1]s SET default_transaction_isolation = 'serializable';
		ALTER DATABASE %[1]s SET search_path = archive; ALTER DATABASE %[1]s SET client_encoding = 'LATIN1'; ALTER DATABASE %[1]s SET extra_float_digits = -5;
		ALTER DATABASE %[1]s SET statement_timeout = '10min'; ALTER DATABASE %[1]s SET quote_all_identifiers = on; ALTER DATABASE %[1]s SET lo_compat_privileges = on;`},
	{name: "another schema than public", change: `ALTER SCHEMA public RENAME TO "Confluence Data";`, schema: "Confluence Data"},
	{name: "the tables in two schemas, one of them named", change: "CREATE SCHEMA second; " + eachTable(`EXECUTE format('CREATE TABLE second.%%I AS TABLE public.%%I', t, t)`) +
		" DELETE FROM second.content; INSERT INTO second.user_mapping VALUES ('" + marker + "', 'x', 'x');", schema: "public"},
	{name: "names in upper case", change: eachTable(`EXECUTE (SELECT coalesce(string_agg(format('ALTER TABLE public.%%I RENAME COLUMN %%I TO %%I;', t, attname, upper(attname)), ' '), '')
		FROM pg_catalog.pg_attribute WHERE attrelid = format('public.%%I', t)::regclass AND attnum > 0 AND attname <> upper(attname));
		IF t <> upper(t) THEN EXECUTE format('ALTER TABLE public.%%I RENAME TO %%I', t, upper(t)); END IF`), schema: "public"},
	{name: "columns in another order, one dropped, one more", change: `ALTER TABLE content DROP COLUMN hibernateversion CASCADE; ALTER TABLE content ADD COLUMN messageid text DEFAULT '` + marker + `';
		ALTER TABLE content RENAME COLUMN title TO title_old; ALTER TABLE content ADD COLUMN title text; UPDATE content SET title = title_old; ALTER TABLE content DROP COLUMN title_old CASCADE;`, schema: "public"},
}

// varied proves each variant: running, and by a dump of two kinds.
func (c *cluster) varied(ctx context.Context) {
	for i, v := range variants {
		c.w.try(c.r.String(), v.name, func() (string, error) {
			return "", c.proveVariant(ctx, fmt.Sprintf("variant%d", i), v)
		})
	}
}

func (c *cluster) proveVariant(ctx context.Context, database string, v variant) error {
	if err := c.fill(ctx, database, v.options); err != nil {
		return err
	}
	for _, text := range []string{v.change, v.session} {
		if text == "" {
			continue
		}
		if _, err := c.sql(ctx, database, fmt.Sprintf("SET search_path = public;\n"+text+"\nSELECT '%[1]s';", database)); err != nil {
			return err
		}
	}
	s := c.live(c.address(admin, database))
	s.args = []string{"--schema", v.schema}
	if _, err := c.w.prove(ctx, s); err != nil {
		return fmt.Errorf("running: %w", err)
	}
	for _, f := range []form{{name: "plain", kind: textKind}, {name: "--inserts", args: []string{"--inserts"}, kind: textKind}, {name: "-Fc", args: []string{"-Fc"}, kind: customKind}} {
		f.schema, f.args = v.schema, append(f.args, "--encoding=UTF8")
		if _, err := c.proveForm(ctx, database, f); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	_, err := c.sql(ctx, "postgres", "DROP DATABASE "+database)
	return err
}
