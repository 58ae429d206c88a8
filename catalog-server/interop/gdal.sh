#!/usr/bin/env bash
# GDAL's driver for OGC API Features reads the layers, counts them, filters by box and pages through all. $STAC as ever.
set -euo pipefail

fail() { echo "gdal: $*" >&2; exit 1; }

layers=$(ogrinfo -ro -q "OAPIF:$STAC")
echo "$layers"
grep -q 'fixture (' <<<"$layers" || grep -q 'fixture' <<<"$layers" || fail "no layer \"fixture\""

# The page size is the driver's own, so this follows every link to a next page.
count=$(ogrinfo -ro -al -geom=NO -fields=NO -q "OAPIF:$STAC" fixture | grep -c '^OGRFeature')
echo "features read: $count"
[ "$count" -eq 2000 ] || fail "$count features (expected 2000)"

inside=$(ogrinfo -ro -q -al -geom=NO -fields=NO -spat 15 15 30 30 "OAPIF:$STAC" fixture | grep -c '^OGRFeature')
echo "features in the box: $inside"
[ "$inside" -eq 676 ] || fail "$inside features in the box (expected 676)"

ogrinfo -ro -so "OAPIF:$STAC" fixture | tee /dev/stderr | grep -q 'platform: String' || fail "no field \"platform\""
