#!/usr/bin/env bash
# stac-api-validator with all it can check of what we conform to; $STAC is the landing page, schemas come from pystac.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

python3 schemas.py stac_api_validator \
    --root-url "$STAC" \
    --conformance core --conformance browseable --conformance collections --conformance features \
    --conformance item-search --conformance filter --conformance children \
    --conformance item-search#sort --conformance item-search#fields --conformance item-search#query \
    --conformance features#sort --conformance features#fields --conformance features#query \
    --conformance transaction --transaction-collection fixture-small \
    --collection fixture \
    --geometry "$(python3 -c 'import fixture, json; print(json.dumps(fixture.AREA))')" \
    --fields-nested-property properties.eo:cloud_cover \
    --query-comparison-field eo:cloud_cover \
    --query-eq-value 50 --query-neq-value 50 --query-lt-value 50 --query-lte-value 50 --query-gt-value 50 --query-gte-value 50 \
    --query-substring-field platform \
    --query-starts-with-value al --query-ends-with-value ha --query-contains-value lph \
    --query-in-field row --query-in-values a,b \
    --validate-pagination --stac-check-config stac-check.yml "$@"
