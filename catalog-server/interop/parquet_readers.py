"""DuckDB and pyarrow read what we export: every row, its types, its box, and the geo key. $STORE is the store."""

import json
import os
import subprocess
import sys
import tempfile

import duckdb
import pyarrow.parquet
import shapely

import fixture
import server


def check(what, actual, expected):
    if actual != expected:
        sys.exit(f"parquet: {what}: {actual!r} (expected {expected!r})")
    print(f"{what}: {actual!r}")


def main():
    folder = tempfile.mkdtemp(prefix="almagest-parquet-")
    file = os.path.join(folder, "fixture.parquet")
    export = [*server.program(), "stac", "export", file, "--collection", fixture.COLLECTION, "--store", os.environ["STORE"]]
    subprocess.run(export, check=True, stdout=subprocess.DEVNULL)

    table = pyarrow.parquet.read_table(file)
    check("pyarrow: rows", table.num_rows, 2000)
    geo = json.loads(pyarrow.parquet.read_schema(file).metadata[b"geo"])
    check("pyarrow: geo: primary column", geo["primary_column"], "geometry")
    check("pyarrow: geo: encoding", geo["columns"]["geometry"]["encoding"], "WKB")
    naive = {item["id"]: item for item in fixture.items(fixture.COLLECTION, 2000, "")}
    wrong = 0
    for row in table.select(["id", "geometry", "bbox", "datetime", "eo:cloud_cover"]).to_pylist():
        item = naive.pop(row["id"])
        box = [row["bbox"][name] for name in ("xmin", "ymin", "xmax", "ymax")]
        same = shapely.from_wkb(row["geometry"]).equals(shapely.geometry.shape(item["geometry"]))
        near = all(abs(a - b) < 1e-4 for a, b in zip(box, item["bbox"]))
        clouds = row["eo:cloud_cover"] == item["properties"]["eo:cloud_cover"]
        wrong += not (same and near and clouds and row["datetime"] is not None)
    check("pyarrow: rows that differ", wrong, 0)
    check("pyarrow: rows that are missing", len(naive), 0)

    rows = duckdb.sql(f"SELECT count(*), sum(\"eo:cloud_cover\"), epoch(min(datetime)) FROM read_parquet('{file}')").fetchall()[0]
    check("duckdb: rows", rows[0], 2000)
    check("duckdb: first", rows[2], 1609459200.0)
    check("duckdb: sum", int(rows[1]), sum(n % 101 for n in range(2000)))
    inside = duckdb.sql(
        f"SELECT count(*) FROM read_parquet('{file}')"
        " WHERE bbox.xmin <= 30 AND bbox.xmax >= 15 AND bbox.ymin <= 30 AND bbox.ymax >= 15"
    ).fetchall()[0]
    check("duckdb: rows in the box", inside[0], 676)


if __name__ == "__main__":
    main()
