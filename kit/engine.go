package kit

import (
	"bytes"
	"embed"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"sluice/columns"
	"sluice/spelling"
	"sluice/wording"
)

// Engine is a program that reads the files.
type Engine struct {
	Name  string // as it is asked for
	Title string
	File  string // what its kit is called as a file
	// Tested is what the statements were run on, every cell compared; "" if they
	// were never run.
	Tested string
	// Comment begins a line that is none of the statements.
	Comment string
	// Breaks says what becomes of preserved line breaks; "" if they arrive.
	Breaks string
	// Vendor says what the vendor's own sample for this engine does to the files.
	Vendor string
	// Types are the engine's names of the types; without those, all is text.
	Types types
}

// types are an engine's names of the types of columns.
type types = map[columns.Type]string

// Engines are all engines, in the order of the documentation.
var Engines = []Engine{
	{Name: "spark", Title: "Apache Spark, Databricks", File: "load_spark.py", Tested: "Spark 4.3", Comment: "#",
		Vendor: "The vendor's own sample turns CR LF inside of cells into LF, and its inferSchema makes 00123 a number.",
		Types:  types{columns.TypeText: "STRING", columns.TypeID: "BIGINT", columns.TypeNumber: "INT", columns.TypeTime: "TIMESTAMP", columns.TypeList: "STRING"}},
	{Name: "spark-merge", Title: "Apache Spark: all jobs of a folder as tables of the newest rows", File: "merge_spark.py", Tested: "Spark 4.3", Comment: "#",
		Types: types{columns.TypeText: "STRING", columns.TypeID: "BIGINT", columns.TypeNumber: "INT", columns.TypeTime: "TIMESTAMP", columns.TypeList: "STRING"}},
	{Name: "hive", Title: "Apache Hive", File: "load_hive.sql", Tested: "the classes of Hive 2.3 in Spark 4.3", Comment: "--",
		Breaks: "Hive reads lines: a line break inside of a cell ends the row there. Export without preserved line breaks, or as Parquet.",
		Vendor: `The vendor's own statement takes a backslash for an escape: it turns \n into n in nearly all page bodies, and a body that ends in a backslash swallows the rest of its row.`,
		Types:  types{columns.TypeText: "STRING", columns.TypeID: "BIGINT", columns.TypeNumber: "INT", columns.TypeTime: "TIMESTAMP", columns.TypeList: "STRING"}},
	{Name: "athena", Title: "Amazon Athena", File: "load_athena.sql", Comment: "--",
		Breaks: "Athena reads lines: a line break inside of a cell ends the row there. Export without preserved line breaks, or as Parquet.",
		Types:  types{columns.TypeText: "varchar", columns.TypeID: "bigint", columns.TypeNumber: "integer", columns.TypeTime: "timestamp", columns.TypeList: "varchar"}},
	{Name: "trino", Title: "Trino", File: "load_trino.sql", Comment: "--",
		Breaks: "Trino's Hive connector reads lines: a line break inside of a cell ends the row there. Export without preserved line breaks, or as Parquet.",
		Types:  types{columns.TypeText: "varchar", columns.TypeID: "bigint", columns.TypeNumber: "integer", columns.TypeTime: "timestamp", columns.TypeList: "varchar"}},
	{Name: "postgresql", Title: "PostgreSQL", File: "load_postgresql.sql", Tested: "PostgreSQL 15", Comment: "--",
		Breaks: `Before PostgreSQL 18 psql takes a line of a cell that holds just \. for the end of the file, and fails; nothing is loaded then. Where the server itself can read the files, write COPY …; in place of \copy: it keeps such lines.`,
		Types:  types{columns.TypeText: "text", columns.TypeID: "bigint", columns.TypeNumber: "integer", columns.TypeTime: "timestamptz", columns.TypeList: "jsonb"}},
	{Name: "mysql", Title: "MySQL, MariaDB", File: "load_mysql.sql", Tested: "MariaDB 10.11", Comment: "--",
		Types: types{columns.TypeText: "LONGTEXT", columns.TypeID: "BIGINT", columns.TypeNumber: "INT", columns.TypeTime: "DATETIME", columns.TypeList: "LONGTEXT"}},
	{Name: "duckdb", Title: "DuckDB", File: "load_duckdb.sql", Tested: "DuckDB 2.0", Comment: "--",
		Types: types{columns.TypeText: "VARCHAR", columns.TypeID: "BIGINT", columns.TypeNumber: "INTEGER", columns.TypeTime: "TIMESTAMPTZ", columns.TypeList: "VARCHAR"}},
	{Name: "sqlite", Title: "SQLite", File: "load_sqlite.sql", Tested: "SQLite 3.40", Comment: "--",
		Types: types{columns.TypeText: "TEXT", columns.TypeID: "INTEGER", columns.TypeNumber: "INTEGER", columns.TypeTime: "TEXT", columns.TypeList: "TEXT"}},
	{Name: "bigquery", Title: "Google BigQuery", File: "load_bigquery.sh", Comment: "#",
		Types: types{columns.TypeText: "STRING", columns.TypeID: "INT64", columns.TypeNumber: "INT64", columns.TypeTime: "TIMESTAMP", columns.TypeList: "STRING"}},
	{Name: "snowflake", Title: "Snowflake", File: "load_snowflake.sql", Comment: "--",
		Types: types{columns.TypeText: "VARCHAR", columns.TypeID: "NUMBER(19)", columns.TypeNumber: "NUMBER(10)", columns.TypeTime: "TIMESTAMP_TZ", columns.TypeList: "VARCHAR"}},
	{Name: "pandas", Title: "pandas", File: "load_pandas.py", Tested: "pandas 3.1", Comment: "#"},
	{Name: "polars", Title: "Polars", File: "load_polars.py", Tested: "Polars 2.1", Comment: "#"},
	{Name: "pyarrow", Title: "PyArrow", File: "load_pyarrow.py", Tested: "PyArrow 26", Comment: "#",
		Types: types{columns.TypeText: "pa.string()", columns.TypeID: "pa.int64()", columns.TypeNumber: "pa.int32()", columns.TypeTime: `pa.timestamp("s", "UTC")`, columns.TypeList: "pa.string()"}},
	{Name: "powerbi", Title: "Power BI", File: "load_powerbi.pq", Comment: "//",
		Types: types{columns.TypeText: "type text", columns.TypeID: "Int64.Type", columns.TypeNumber: "Int64.Type", columns.TypeTime: "type datetimezone", columns.TypeList: "type text"}},
	{Name: "tableau", Title: "Tableau Hyper", File: "load_tableau.py", Tested: "Hyper API 0.0.26963", Comment: "#",
		Types: types{columns.TypeText: "text", columns.TypeID: "bigint", columns.TypeNumber: "int", columns.TypeTime: "timestamptz", columns.TypeList: "text"}},
}

// Names are the names of all engines.
func Names() []string {
	names := make([]string, len(Engines))
	for i, e := range Engines {
		names[i] = e.Name
	}
	return names
}

// Find finds the engine of that name.
func Find(name string) (Engine, error) {
	for _, e := range Engines {
		if e.Name == strings.ToLower(name) {
			return e, nil
		}
	}
	return Engine{}, wording.Errorf("there is no kit for %q%s There are %s", name, spelling.Question(name, Names()), strings.Join(Names(), ", "))
}

//go:embed templates/*.tmpl
var templates embed.FS

// Warnings are what somebody should know before loading these files, a sentence each.
func (e Engine) Warnings(j Job) []string {
	var list []string
	if j.Preserved && !j.Parquet && e.Breaks != "" {
		list = append(list, e.Breaks)
	}
	if j.Marked && e.Name != "powerbi" {
		list = append(list, "The files begin with a byte order mark, which this program may take for a part of the first column's name: export without it (--bom).")
	}
	if e.Vendor != "" && !j.Parquet {
		list = append(list, e.Vendor)
	}
	return list
}

// Write writes the statements that load the files of j.
func (e Engine) Write(w io.Writer, j Job) error {
	if err := j.check(); err != nil {
		return err
	}
	t, err := template.New(e.Name+".tmpl").Funcs(e.functions()).ParseFS(templates, "templates/head.tmpl", "templates/"+e.Name+".tmpl")
	if err != nil {
		return wording.Errorf("kit %s: %w", e.Name, err)
	}
	var b bytes.Buffer // nothing half-written on an error
	if err := t.Execute(&b, statement{Engine: e, Job: j}); err != nil {
		return wording.Errorf("kit %s: %w", e.Name, err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// statement is what a template sees.
type statement struct {
	Engine
	Job
}

// Parent is the folder that has the folders of all jobs.
func (s statement) Parent() string { return filepath.Dir(s.Folder) }

// Told are the warnings for these files.
func (s statement) Told() []string { return s.Warnings(s.Job) }

func (e Engine) functions() template.FuncMap {
	return template.FuncMap{
		"sql": sqlText, "backslash": backslashText, "name": sqlName, "tick": tickName, "python": pythonText,
		"power": powerText, "shell": shellText, "dot": dotText, "uri": fileURI, "spark": sparkPath,
		"type":   func(c columns.Column) (string, error) { return typeOf(e.Types, c) },
		"last":   func(i int, list []columns.Column) bool { return i == len(list)-1 },
		"key":    keyOf,
		"schema": func(f File) (string, error) { return e.schema(f) },
		"of":     ofTypes,
	}
}

// schema are the columns as the command line of BigQuery takes them.
func (e Engine) schema(f File) (string, error) {
	var list []string
	for _, c := range f.Columns {
		t, err := typeOf(e.Types, c)
		if err != nil {
			return "", err
		}
		if strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
			return "", wording.Errorf("%s: BigQuery takes no column of the name %q", f.Path, c.Name)
		}
		list = append(list, c.Name+":"+t)
	}
	return strings.Join(list, ","), nil
}

// keyOf is the key of a file, or nil.
func keyOf(f File) *columns.Column {
	for i := range f.Columns {
		if f.Columns[i].Key {
			return &f.Columns[i]
		}
	}
	return nil
}

// ofTypes are the columns of a file that have one of the types.
func ofTypes(f File, wanted ...columns.Type) []columns.Column {
	var list []columns.Column
	for _, c := range f.Columns {
		if slices.Contains(wanted, c.Type) {
			list = append(list, c)
		}
	}
	return list
}

// Begins reports whether a file that begins with these bytes is a kit.
func Begins(head []byte) bool {
	for _, e := range Engines {
		if bytes.HasPrefix(head, []byte(e.Comment+" "+e.Title+": the files of ")) {
			return true
		}
	}
	return false
}
