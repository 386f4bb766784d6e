"""Runs a kit and writes what its engine has then, one JSON object per line:
{"table": …, "row": {column: text, null or list}}."""

import datetime
import json
import os
import subprocess
import sys


def cell(value):
    """A cell as the text that stands in the CSV file."""
    if value is None:
        return None
    if isinstance(value, (list, tuple)) or type(value).__name__ in ("ndarray", "Series"):
        return [str(v) for v in value]
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, datetime.datetime) or hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
        if value.tzinfo is not None:
            value = value.astimezone(datetime.timezone.utc)
        text = value.strftime("%Y-%m-%dT%H:%M:%S")
        return text + (f".{value.microsecond:06d}" if value.microsecond else "") + "Z"
    if type(value).__name__ == "Timestamp":  # Hyper's
        return value.to_datetime().strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


def write(out, table, columns, rows):
    for row in rows:
        out.write(json.dumps({"table": table, "row": {c: cell(v) for c, v in zip(columns, row)}}) + "\n")


def python_kit(kit):
    space = {"__name__": "kit"}
    with open(kit, encoding="utf-8") as f:
        exec(compile(f.read(), kit, "exec"), space)
    return space


def spark(kit, tables, out):
    space = python_kit(kit)
    for table in tables:
        rows = space[table]
        write(out, table, rows.columns, rows.toLocalIterator())
    return space["spark"].version


def spark_merge(kit, tables, out):
    where = os.path.join(os.path.dirname(out.name), "merged")
    form, changes = os.environ.get("KITS_FORM", "parquet"), os.environ.get("KITS_CHANGES", "")
    sys.argv = [kit, where, form, *([changes] if changes else [])]
    space = python_kit(kit)
    for table in tables:
        rows = space["spark"].read.format(form).load(os.path.join(where, table))
        write(out, table, rows.columns, rows.toLocalIterator())
    return space["spark"].version


def hive(kit, tables, out):
    """Spark with Hive's own classes stands in for Hive: the statements of the kit, with a
    folder of this machine for each table in place of /data in HDFS."""
    import re
    import shlex
    import shutil
    from pyspark.sql import SparkSession

    base = os.path.join(os.path.dirname(os.path.abspath(out.name)), "hive")
    spark = (SparkSession.builder.config("spark.sql.warehouse.dir", base + "/warehouse").config("spark.sql.legacy.createHiveTableByDefault", True)
             .config("spark.hadoop.javax.jdo.option.ConnectionURL", f"jdbc:derby:;databaseName={base}/metastore;create=true")
             .enableHiveSupport().getOrCreate())
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    with open(kit, encoding="utf-8") as f:
        text = f.read()
    for path, table in re.findall(r"-- hdfs dfs -mkdir .* -put ('.*') /data/(\w+)/", text):
        (path,) = shlex.split(path)
        os.makedirs(f"{base}/data/{table}")
        shutil.copy(path, f"{base}/data/{table}/")
    text = "\n".join(line for line in text.replace("'/data/", f"'file://{base}/data/").splitlines() if not line.startswith("--"))
    for statement in re.split(r";\s*\n", text):
        if statement.strip():
            spark.sql(statement)
    for table in tables:
        rows = spark.table(table)
        write(out, table, rows.columns, rows.toLocalIterator())
    return "Hive's classes in Spark " + spark.version


def pandas(kit, tables, out):
    import pandas
    space = python_kit(kit)
    for table in tables:
        rows = space[table]
        write(out, table, rows.columns, rows.astype(object).itertuples(index=False, name=None))
    return pandas.__version__


def polars(kit, tables, out):
    import polars
    space = python_kit(kit)
    for table in tables:
        write(out, table, space[table].columns, space[table].iter_rows())
    return polars.__version__


def pyarrow(kit, tables, out):
    import pyarrow
    space = python_kit(kit)
    for table in tables:
        rows = space[table]
        write(out, table, rows.column_names, zip(*[c.to_pylist() for c in rows.columns]))
    return pyarrow.__version__


def duckdb(kit, tables, out):
    import duckdb
    db = duckdb.connect()
    with open(kit, encoding="utf-8") as f:
        db.execute(f.read())
    for table in tables:
        rows = db.execute(f'SELECT * FROM "{table}"')
        write(out, table, [d[0] for d in rows.description], rows.fetchall())
    return duckdb.__version__


def sqlite(kit, tables, out):
    import sqlite3
    path = os.path.join(os.path.dirname(out.name), "kit.db")
    with open(kit, encoding="utf-8") as f:
        subprocess.run(["sqlite3", "-bail", path], stdin=f, check=True)
    db = sqlite3.connect(path)
    for table in tables:
        rows = db.execute(f'SELECT * FROM "{table}"')
        columns = [d[0] for d in rows.description]
        lists = [i for i, c in enumerate(columns) if c == "labels"]
        write(out, table, columns, ([json.loads(v) if i in lists else v for i, v in enumerate(r)] for r in rows))
    return subprocess.run(["sqlite3", "--version"], check=True, capture_output=True, text=True).stdout.split()[0]


def tableau(kit, tables, out):
    os.chdir(os.path.dirname(out.name))
    python_kit(kit)
    import tableauhyperapi
    from tableauhyperapi import Connection, HyperProcess, Telemetry
    with HyperProcess(Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU) as hyper, Connection(hyper.endpoint, "export.hyper") as connection:
        for table in tables:
            definition = connection.catalog.get_table_definition(table)
            columns = [c.name.unescaped for c in definition.columns]
            kinds = [str(c.type) for c in definition.columns]
            with connection.execute_query(f'SELECT * FROM "{table}"') as rows:
                write(out, table, columns, ([json.loads(v) if columns[i] == "labels" and isinstance(v, str) else v for i, v in enumerate(r)] for r in rows))
            del kinds
    return tableauhyperapi.__version__


def postgresql(kit, tables, out):
    psql = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"]
    if subprocess.run([*psql, "-f", kit], stderr=subprocess.DEVNULL).returncode:
        # What the kit says to do then: the server reads the files itself.
        import re
        import shutil
        here = os.path.join(os.environ["PGHOST"], "files")
        os.makedirs(here, exist_ok=True)
        os.chmod(here, 0o755)
        with open(kit, encoding="utf-8") as f:
            text = f.read()

        def served(found):
            path = found[2].replace("''", "'")
            target = os.path.join(here, os.path.basename(path))
            shutil.copyfile(path, target)
            os.chmod(target, 0o644)
            return f"COPY {found[1]} FROM '{target}'{found[3]};"

        text = re.sub(r"(?m)^\\copy (.*) FROM '(.*)'( WITH .*)$", served, text)
        subprocess.run(psql, input=text, text=True, check=True)
    for table in tables:
        # psql itself leaves characters out when it prints.
        rows = subprocess.run([*psql, "-At", "-c", f"""SELECT encode(convert_to(to_jsonb(t)::text, 'UTF8'), 'hex') FROM "{table}" t"""],
                              check=True, capture_output=True, text=True, env={**os.environ, "PGTZ": "UTC"}).stdout
        for line in rows.split():
            row = json.loads(bytes.fromhex(line).decode())
            for c, v in row.items():
                if isinstance(v, int):
                    row[c] = str(v)
                elif c.endswith("_date") and v:
                    row[c] = v.replace("+00:00", "Z")
            out.write(json.dumps({"table": table, "row": row}) + "\n")
    return subprocess.run([*psql, "-At", "-c", "SHOW server_version"], check=True, capture_output=True, text=True).stdout.strip()


def mysql(kit, tables, out):
    client = os.environ["KITS_MYSQL"].split("\x1f")
    with open(kit, encoding="utf-8") as f:
        told = subprocess.run([*client, "--local-infile=1", "kits"], stdin=f, check=True, capture_output=True, text=True).stdout
    if told.strip():
        print("warnings:", told.strip()[:400], file=sys.stderr)
    for table in tables:
        names = subprocess.run([*client, "-N", "-e", f"SELECT column_name FROM information_schema.columns WHERE table_schema = 'kits' AND table_name = '{table}' ORDER BY ordinal_position"],
                               check=True, capture_output=True, text=True).stdout.split()
        def shown(c):
            if c.endswith("_date"):
                c = f"DATE_FORMAT(`{c}`, '%Y-%m-%dT%H:%i:%sZ')"
            else:
                c = f"`{c}`"
            return f"COALESCE(HEX(CAST({c} AS CHAR CHARACTER SET utf8mb4)), '-')"
        rows = subprocess.run([*client, "-N", "--default-character-set=utf8mb4", "kits", "-e", f"SELECT {', '.join(map(shown, names))} FROM `{table}`"], check=True, capture_output=True, text=True).stdout
        for line in rows.splitlines():
            cells = [None if c == "-" else bytes.fromhex(c).decode() for c in line.split("\t")]
            write(out, table, names, [[json.loads(v) if n == "labels" else v for n, v in zip(names, cells)]])
    return subprocess.run([*client, "-N", "-e", "SELECT VERSION()"], check=True, capture_output=True, text=True).stdout.strip()


def main():
    engine, kit, target, *tables = sys.argv[1:]
    with open(target, "w", encoding="utf-8") as out:
        version = globals()[engine.replace("-", "_")](os.path.abspath(kit), tables, out)
    with open(target + ".version", "w", encoding="utf-8") as f:
        f.write(version)


if __name__ == "__main__":
    main()
