package main

import (
	"context"
	"fmt"
	"os"
	"strings"
)

// marker stands in everything that a snapshot must not hold.
const marker = "never-take-this"

// restricted is how many pages are restricted.
const restricted = 6

// secrets is what stands beside the demo's tables in a real database: who may see
// what, tokens, passwords of mail servers, data of plugins. %[1]s is the marker, %[2]s
// the number of restrictions.
const secrets = `
CREATE TABLE content_perm_set (content_id bigint NOT NULL, cont_perm_type varchar(255) NOT NULL, id bigint NOT NULL PRIMARY KEY);
INSERT INTO content_perm_set SELECT contentid, CASE WHEN mod(contentid, 2) = 0 THEN 'View' ELSE 'Edit' END, contentid + 7 FROM content WHERE contenttype = 'PAGE' ORDER BY contentid LIMIT %[2]d;
UPDATE content_perm_set SET cont_perm_type = 'View';
UPDATE content_perm_set SET cont_perm_type = 'Edit' WHERE mod(id, 7) = 3 OR id > (SELECT least_id FROM (SELECT min(id) AS least_id FROM content_perm_set) AS x);
CREATE TABLE content_perm (id bigint NOT NULL PRIMARY KEY, cp_type varchar(255), username varchar(255), groupname varchar(255), cps_id bigint);
INSERT INTO content_perm SELECT id, 'View', '%[1]s-user', '%[1]s-group', id FROM content_perm_set;
CREATE TABLE remembermetoken (id bigint NOT NULL PRIMARY KEY, username varchar(255), token varchar(255));
INSERT INTO remembermetoken VALUES (1, 'admin', '%[1]s-token');
CREATE TABLE os_propertyentry (entity_id bigint, entity_key varchar(200), string_val varchar(255));
INSERT INTO os_propertyentry VALUES (1, 'x', '%[1]s-property');
UPDATE bandana SET bandanavalue = '<password>%[1]s-mail</password>' WHERE bandanakey = 'atlassian.confluence.smtp.mail.servers';
UPDATE cwd_user SET credential = '%[1]s-credential', external_id = '%[1]s-external';
UPDATE cwd_application SET credential = '%[1]s-application';
`

// strange are a table with every kind of value that is hard to write down, which no
// export needs, and a large object.
const strange = `
CREATE TABLE "strange "" table; \." ("a ""b"", (c)" text, n numeric, f float8, t timestamp, z timestamptz, b bytea, x text[], j json, i interval);
INSERT INTO "strange "" table; \." VALUES (E'\\.\n\\N\tCOPY content FROM stdin;', 'NaN', 'NaN', 'infinity', '-infinity', '\x5c2e0a00ff', ARRAY['a', NULL, '"', '\.'], '{"a": "%[1]s"}', '1 mon'),
  ('', NULL, 'Infinity', '0044-03-15 12:00 BC', '1912-06-23 00:00:00.123456+00', '', '{}', NULL, NULL), (NULL, -1e-100, '-Infinity', NULL, NULL, NULL, NULL, NULL, NULL);
SELECT pg_catalog.lo_from_bytea(0, '\x%[2]s');
CREATE VIEW content_view AS SELECT * FROM content;
CREATE SCHEMA archive;
CREATE TABLE archive.content (contentid bigint, title text);
INSERT INTO archive.content VALUES (1, '%[1]s');
`

// fill makes a database with the rows of the demo.
func (c *cluster) fill(ctx context.Context, database, options string) error {
	if _, err := c.sql(ctx, "postgres", fmt.Sprintf("CREATE DATABASE %s TEMPLATE template0 %s", database, options)); err != nil {
		return err
	}
	dump, err := os.ReadFile(c.w.demo("pgsql"))
	if err != nil {
		return err
	}
	text := string(dump) + "SET search_path = public;\n" + fmt.Sprintf(secrets, marker, restricted) +
		fmt.Sprintf(strange, marker, strings.Repeat("ab", 300_000)) + "ANALYZE;\n"
	_, err = c.sql(ctx, database, text)
	return err
}
