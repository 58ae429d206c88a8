"""A session of pystac-client, call by call, with what each sends and what comes back. $STAC is the landing page."""

import os
import sys
import warnings

import pystac_client
import requests

import fixture

STAC = os.environ["STAC"]
sent = []


def record(prepared):
    sent.append(f"{prepared.method} {prepared.url[len(STAC):].split('?')[0]}")
    return prepared


def expect(what, actual, expected):
    if actual != expected:
        sys.exit(f"session: {what}: {actual!r} (expected {expected!r})")
    shown = repr(actual)
    print(f"{what}: {shown[:80]}{'...' if len(shown) > 80 else ''}")


def main():
    warnings.simplefilter("error")  # a class that is not advertised is a warning of the client
    client = pystac_client.Client.open(STAC, request_modifier=record)
    expect("open", sent, ["GET "])
    names = sorted(collection.id for collection in client.get_collections())
    expect("collections", names, [fixture.COLLECTION, fixture.SMALL])
    expect("collections: asked", sent[1:], ["GET /collections"])

    collection = client.get_collection(fixture.COLLECTION)
    expect("collection", collection.id, fixture.COLLECTION)
    expect("collection: asked", sent[2:], [f"GET /collections/{fixture.COLLECTION}"])

    search = client.search(collections=[fixture.COLLECTION], bbox=[15, 15, 30, 30], limit=100)
    ids = [item.id for item in search.items()]
    expect("POST pages: matched", search.matched(), len(ids))
    expect("POST pages: no item twice", len(set(ids)), len(ids))
    naive = [n for n in range(2000) if touches(fixture.item(fixture.COLLECTION, n, STAC)["bbox"], [15, 15, 30, 30])]
    expect("POST pages: all of them", sorted(ids), [f"{fixture.COLLECTION}-{n:05}" for n in naive])

    by_get = client.search(method="GET", collections=[fixture.COLLECTION], bbox=[15, 15, 30, 30], limit=70)
    expect("GET pages", [item.id for item in by_get.items()], ids)

    year = client.search(collections=[fixture.COLLECTION], datetime="2021", limit=500)
    expect("datetime=2021", len(list(year.items())), 2000)
    hour = client.search(collections=[fixture.COLLECTION], datetime="2021-01-01T05:00:00Z")
    expect("one instant", [item.id for item in hour.items()], [f"{fixture.COLLECTION}-00005"])

    clouds = {"op": "<", "args": [{"property": "eo:cloud_cover"}, 3]}
    filtered = client.search(collections=[fixture.COLLECTION], filter=clouds, limit=50)
    expect("CQL2 JSON", len(list(filtered.items())), sum(1 for n in range(2000) if n % 101 < 3))
    text = client.search(
        method="GET", collections=[fixture.COLLECTION], filter="platform = 'alpha' AND eo:cloud_cover < 3", limit=50
    )
    expect("CQL2 text", len(list(text.items())), sum(1 for n in range(0, 2000, 2) if n % 101 < 3))

    queried = client.search(collections=[fixture.COLLECTION], query={"eo:cloud_cover": {"gte": 99}}, limit=50)
    expect("query", len(list(queried.items())), sum(1 for n in range(2000) if n % 101 >= 99))

    newest = client.search(collections=[fixture.COLLECTION], sortby="-properties.datetime", max_items=3)
    expect("sorted", [item.id for item in newest.items()], [f"{fixture.COLLECTION}-{n:05}" for n in (1999, 1998, 1997)])
    lean = client.search(collections=[fixture.COLLECTION], fields=["id", "properties.platform"], max_items=1)
    expect("fields", sorted(next(lean.items_as_dicts())["properties"]), ["platform"])

    item = collection.get_item(f"{fixture.COLLECTION}-00007")
    expect("get_item", item.properties["title"], "Box 7")
    expect("get_item: none", collection.get_item("no-such-item"), None)
    small = client.get_collection(fixture.SMALL)
    expect("get_items", len(list(small.get_items())), 40)
    shape = client.search(collections=[fixture.COLLECTION], intersects=fixture.AREA, limit=1000)
    expect("intersects", len(list(shape.items())), len(naive))
    ids_only = client.search(collections=[fixture.COLLECTION], ids=[f"{fixture.COLLECTION}-00001", "no-such-item"])
    expect("ids", [item.id for item in ids_only.items()], [f"{fixture.COLLECTION}-00001"])
    found = client.collection_search(q="grid", limit=10)
    expect("collection search", sorted(one.id for one in found.collections()), [fixture.COLLECTION, fixture.SMALL])

    crawled = pystac_client.Client.open(STAC)
    expect("walk as a catalog", len([1 for _ in crawled.get_child(fixture.SMALL).get_items()]), 40)
    expect("no key, no cookie", requests.get(STAC).cookies.get_dict(), {})


def touches(box, other):
    return box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]


if __name__ == "__main__":
    main()
