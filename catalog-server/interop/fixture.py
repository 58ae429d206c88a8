"""Items as the checks need them: boxes on a grid, cloud cover, a mission; 2,000 in one collection, 40 in another."""

import datetime
import json
import sys

GRID = 50
START = datetime.datetime(2021, 1, 1, tzinfo=datetime.timezone.utc)
COLLECTION = "fixture"
SMALL = "fixture-small"
# Holds 100 to 20,000 items of the collection, as the validator asks for.
AREA = {"type": "Polygon", "coordinates": [[[15.0, 15.0], [30.0, 15.0], [30.0, 30.0], [15.0, 30.0], [15.0, 15.0]]]}


def collection(name):
    return {
        "type": "Collection",
        "stac_version": "1.1.0",
        "stac_extensions": [],
        "id": name,
        "title": "Boxes on a grid",
        "description": "Boxes on a grid, one each hour.",
        "keywords": ["grid"],
        "license": "CC0-1.0",
        "extent": {
            "spatial": {"bbox": [[10.0, 10.0, 40.0, 40.0]]},
            "temporal": {"interval": [["2021-01-01T00:00:00Z", None]]},
        },
        "summaries": {"platform": ["alpha", "beta"]},
        "links": [],
    }


def item(name, n, asset):
    west = 10.0 + (n % GRID) * 0.6
    south = 10.0 + (n // GRID % GRID) * 0.6
    east, north = west + 0.5, south + 0.5
    when = START + datetime.timedelta(hours=n)
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": [],
        "id": f"{name}-{n:05}",
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
        },
        "bbox": [west, south, east, north],
        "properties": {
            "datetime": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "title": f"Box {n}",
            "platform": "alpha" if n % 2 == 0 else "beta",
            "mission": "grid",
            "instruments": ["box"],
            "eo:cloud_cover": n % 101,
            "gsd": 10.0,
            "row": "abcde"[n % 5],
        },
        "links": [],
        "assets": {"about": {"href": asset, "type": "application/json", "title": "About", "roles": ["metadata"]}},
        "collection": name,
    }


def items(name, count, asset):
    return [item(name, n, asset) for n in range(count)]


def load(stac, session):
    """Puts both collections into an empty store, through its own routes."""
    for name, count in ((COLLECTION, 2000), (SMALL, 40)):
        answer = session.post(f"{stac}/collections", json=collection(name))
        if answer.status_code != 201:
            raise SystemExit(f"POST /collections: {answer.status_code} {answer.text}")
        for first in range(0, count, 500):
            page = {"type": "FeatureCollection", "features": items(name, count, stac)[first : first + 500]}
            answer = session.post(f"{stac}/collections/{name}/items", json=page)
            if answer.status_code not in (200, 201):
                raise SystemExit(f"POST items: {answer.status_code} {answer.text[:2000]}")


if __name__ == "__main__":
    name, count = sys.argv[1], int(sys.argv[2])
    json.dump({"type": "FeatureCollection", "features": items(name, count, "https://example.org/")}, sys.stdout)
