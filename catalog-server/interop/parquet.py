"""DuckDB and pyarrow read what we export: counts, geometries, boxes, the `geo` key; and we read what pyarrow writes.

parquet.py [ITEMS...]   runs target/almagest.jar in a folder of its own; ITEMS are further files of items to go through
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from server import JAR, java

COUNT = 2_000


class Store:
    def __init__(self, folder):
        self.folder = folder

    def run(self, *words):
        command = [java(), "-jar", str(JAR), "--store", str(self.folder), *map(str, words)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)}: status {done.returncode}\n{done.stderr.decode()}")
        return done.stdout

    def json(self, *words):
        return json.loads(self.run(*words, "--json"))


def box_item(n):
    west, south = 10.0 + n % 50 * 0.6, 10.0 + n // 50 % 50 * 0.6
    east, north = west + 0.5, south + 0.5
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": [],
        "id": f"box-{n:05}",
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
        },
        "bbox": [west, south, east, north],
        "properties": {
            "datetime": f"2021-01-{n % 28 + 1:02}T{n % 24:02}:00:00.123456Z",
            "eo:cloud_cover": n % 101,
            "platform": "alpha" if n % 2 == 0 else "beta",
            "remarks": None if n % 3 == 0 else "some",
        },
        "links": [{"rel": "license", "href": "https://example.com/license"}],
        "assets": {"about": {"href": f"https://example.com/{n}.json", "roles": ["metadata"]}},
        "collection": "boxes",
    }


def check(what, found, expected):
    if found != expected:
        raise SystemExit(f"{what}: {found!r} (expected {expected!r})")
    print(f"ok {what}")


def ordinates(value):
    if value and isinstance(value[0], (int, float)):
        yield value
    else:
        for part in value or []:
            yield from ordinates(part)


def bounds(items):
    points = [p for item in items if item["geometry"] for p in ordinates(item["geometry"].get("coordinates"))]
    return [min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)]


def check_items(work, name, source):
    """Imports items, exports them, and compares what others read in the export with the items."""
    items = [json.loads(line) for line in open(source)]
    store = Store(work / f"{name}.store")
    counts = store.json("stac", "import", source)
    check(f"{name}: imported", (counts["items"], counts["rejected"]), (len(items), 0))
    export = work / f"{name}.parquet"
    collection = items[0]["collection"]
    check(f"{name}: exported", store.json("stac", "export", export, "--collection", collection)["items"], len(items))

    table = pq.read_table(export)
    check(f"{name}: rows in pyarrow", table.num_rows, len(items))
    by_id = {item["id"]: item for item in items}
    check(f"{name}: ids in pyarrow", set(table["id"].to_pylist()), set(by_id))
    for row_id, assets in zip(table["id"].to_pylist(), table["assets"].to_pylist()):
        if json.loads(assets) != by_id[row_id]["assets"]:
            raise SystemExit(f"{name}: assets of {row_id} differ")
    geo = json.loads(pq.read_metadata(export).metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    check(f"{name}: geo key", (geo["version"], column["encoding"], column["bbox"]), ("1.1.0", "WKB", bounds(items)))
    check(f"{name}: covering", column["covering"]["bbox"]["xmin"], ["bbox", "xmin"])

    found = duckdb.sql(
        f"select count(*), min(bbox.xmin), min(bbox.ymin), max(bbox.xmax), max(bbox.ymax) from '{export}'"
    ).fetchall()[0]
    check(f"{name}: boxes in DuckDB", list(found), [len(items), *bounds(items)])
    kinds = duckdb.sql(f"select distinct split_part(typeof(geometry), '(', 1), typeof(datetime) from '{export}'")
    check(f"{name}: types in DuckDB", kinds.fetchall(), [("GEOMETRY", "TIMESTAMP WITH TIME ZONE")])

    again = Store(work / f"{name}.again")
    check(f"{name}: imported again", again.json("stac", "import", export)["created"], len(items))
    texts = []
    for one, folder in ((store, "first"), (again, "second")):
        file = work / f"{name}.{folder}.ndjson"
        one.run("stac", "export", file, "--collection", collection)
        texts.append(sorted(open(file)))
    check(f"{name}: items equal after a round trip", texts[0] == texts[1], True)

    # The same rows as pyarrow writes them, with other codecs and without our metadata.
    for codec in ("snappy", "gzip", "lz4", "zstd", "none"):
        file = work / f"{name}.{codec}.parquet"
        plain = table.replace_schema_metadata({b"geo": pq.read_metadata(export).metadata[b"geo"]})
        pq.write_table(plain, file, compression=codec)
        counts = Store(work / f"{name}.{codec}").json("stac", "import", file)
        check(f"{name}: imported from {codec}", (counts["created"], counts["rejected"]), (len(items), 0))


def check_types(work):
    """Columns of every type that pyarrow writes become fields."""
    columns = {
        "time": pa.array([0, 1], pa.timestamp("ns", "UTC")),
        "b": pa.array([True, None]),
        "i8": pa.array([-1, 1], pa.int8()),
        "u32": pa.array([0, 2**32 - 1], pa.uint32()),
        "u64": pa.array([0, 2**64 - 1], pa.uint64()),
        "f16": pa.array([0.5, -2.0], pa.float16()) if hasattr(pa, "float16") else pa.array([0.5, -2.0]),
        "d": pa.array([1, 2], pa.date32()),
        "dec": pa.array([None, None], pa.decimal128(10, 2)),
        "s": pa.array(["a", "\u00e9"]),
        "large": pa.array(["a", "b"], pa.large_string()),
        "dict": pa.array(["x", "y"]).dictionary_encode(),
        "list": pa.array([[1, 2], []], pa.list_(pa.int64())),
        "struct": pa.array([{"a": 1, "b": None}, {"a": None, "b": "z"}]),
        "map": pa.array([[("k", 1)], []], pa.map_(pa.string(), pa.int64())),
    }
    file = work / "types.parquet"
    pq.write_table(pa.table(columns), file, coerce_timestamps=None, version="2.6")
    store = Store(work / "types")
    check("types: created", store.json("ingest", "a.types", "c", file, "--create")["created"], 2)
    rows = [json.loads(line) for line in store.run("query", "a.types", "--all-time", "--format", "ndjson").splitlines()]
    second = next(row for row in rows if row.get("s") == "\u00e9")
    for name, value in {
        "i8": 1, "u32": 4294967295, "u64": "18446744073709551615", "f16": -2.0, "d": "1970-01-03T00:00:00Z",
        "large": "b", "dict": "y", "struct": {"b": "z"},
    }.items():
        check(f"types: {name}", second[name], value)


def main():
    with tempfile.TemporaryDirectory(prefix="almagest-parquet-") as folder:
        work = pathlib.Path(folder)
        boxes = work / "boxes.ndjson"
        with open(boxes, "w") as out:
            for n in range(COUNT):
                out.write(json.dumps(box_item(n)) + "\n")
        check_items(work, "boxes", boxes)
        for file in sys.argv[1:]:
            check_items(work, pathlib.Path(file).stem, file)
        check_types(work)


if __name__ == "__main__":
    main()
