"""Answers of the server against the JSON Schemas of STAC 1.1 that come with pystac. $STAC is the landing page."""

import os
import sys

import jsonschema
import referencing
import requests

import fixture
import schemas

STAC = os.environ["STAC"]
KINDS = {
    "Catalog": "https://schemas.stacspec.org/v1.1.0/catalog-spec/json-schema/catalog.json",
    "Collection": "https://schemas.stacspec.org/v1.1.0/collection-spec/json-schema/collection.json",
    "Feature": "https://schemas.stacspec.org/v1.1.0/item-spec/json-schema/item.json",
}


def retrieve(address):
    found = schemas.schema(address)
    if found is None:
        sys.exit(f"answers: {address} did not come with pystac")
    return referencing.Resource.from_contents(found, referencing.jsonschema.DRAFT7)


REGISTRY = referencing.Registry(retrieve=retrieve)


def objects(body):
    """Returns every catalog, collection and item of an answer."""
    if body.get("type") == "FeatureCollection":
        return body["features"]
    return body.get("collections") or body.get("children") or [body]


def main():
    session = requests.Session()
    item = f"/collections/{fixture.COLLECTION}/items/{fixture.COLLECTION}-00007"
    asked = [
        "",
        "/collections",
        "/children",
        f"/collections/{fixture.COLLECTION}",
        f"/collections/{fixture.COLLECTION}/items?limit=100",
        item,
        "/search?limit=100",
        "/search?limit=100&bbox=15,15,30,30",
        "/search?limit=20&datetime=2021-01-01T00:00:00Z/..&sortby=%2Beo:cloud_cover",
    ]
    answers = [(address, session.get(STAC + address)) for address in asked]
    answers.append(("POST /search", session.post(STAC + "/search", json={"limit": 100, "intersects": fixture.AREA})))
    wrong = checked = 0
    for address, answer in answers:
        if answer.status_code != 200:
            sys.exit(f"answers: {address}: {answer.status_code} {answer.text[:300]}")
        for found in objects(answer.json()):
            schema = KINDS[found["type"]]
            errors = jsonschema.Draft7Validator({"$ref": schema}, registry=REGISTRY).iter_errors(found)
            checked += 1
            for error in list(errors)[:3]:
                wrong += 1
                print(f"{address}: {found.get('id')}: {error.json_path}: {error.message[:300]}", file=sys.stderr)
    for address in ("/collections/none", item + "none", "/search?limit=x", "/search?bbox=1", "/nothing"):
        problem = session.get(STAC + address)
        body = problem.json()
        plain = problem.headers["content-type"] == "application/problem+json" and body["status"] == problem.status_code
        if not plain or not body["title"] or not 400 <= problem.status_code < 500:
            wrong += 1
            print(f"{address}: no problem document: {problem.text[:300]}", file=sys.stderr)
    print(f"answers: {checked} objects, {wrong} wrong")
    sys.exit(0 if wrong == 0 and checked > 400 else 1)


if __name__ == "__main__":
    main()
