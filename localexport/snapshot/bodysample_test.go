package snapshot

import "testing"

func TestIsReference(t *testing.T) {
	for text, want := range map[string]bool{
		"oracle.sql.CLOB@1b2c3d": true, "<oracle.sql.CLOB@1b2c3d>": true, "oracle.sql.NCLOB@FF00": true, "org.h2.jdbc.JdbcClob@7f": true,
		"[C@1b2c3d": true, "[B@0": true, "<cx_Oracle.LOB object at 0x7f1b2c3d>": true, "<oracledb.LOB object at 0x1>": true,
		"": false, "<p>oracle.sql.CLOB@1b2c3d</p>": false, "oracle.sql.CLOB@": false, "oracle.sql.CLOB@xyz": false, "clob@example.com": false,
		"someone@abc": false, "a CLOB@1b2c": false, "LOB": false,
	} {
		if IsReference([]byte(text)) != want {
			t.Errorf("%q: %v, want %v", text, !want, want)
		}
	}
}
