#!/usr/bin/env python3
"""Makes data/region/rivers.fgb and lakes.fgb from Natural Earth, with names in French and English.

    script/data/make_water.py FOLDER        (FOLDER: what fetch_sources.sh unpacked)

Rivers come from the copy in libmagics++-data, which has numbers and ranks; its names have lost their accents, so they are
looked up by river number in data/names/rivers.csv. Lakes come from libgnudatalanguage0, which has no attribute but the
feature number; data/names/lakes.csv names them. The part of a river inside a lake is class lake_centerline: it joins the
river for reckoning and is not meant to be drawn.
"""
import sys
from collections import defaultdict

import region_io as io


def joined(lines):
    """Joins polylines where exactly two ends meet; returns them in a fixed order."""
    lines = [tuple(map(tuple, line)) for line in sorted(lines)]
    while True:
        ends = defaultdict(list)
        for index, line in enumerate(lines):
            ends[line[0]].append(index)
            ends[line[-1]].append(index)
        pair = next(((a, b) for _, (a, b) in sorted((p, i) for p, i in ends.items() if len(i) == 2) if a != b), None)
        if pair is None:
            return [list(map(list, line)) for line in sorted(lines)]
        a, b = (lines[i] for i in pair)
        if a[0] in (b[0], b[-1]):
            a = a[::-1]
        if b[0] != a[-1]:
            b = b[::-1]
        lines = [line for i, line in enumerate(lines) if i not in pair] + [a + b[1:]]


def main(folder):
    names = {row["number"]: row for row in io.read_table("names/rivers.csv")}
    groups = defaultdict(list)
    for feature in io.read_shapefile(f"{folder}/{io.MAGICS}ne_10m_rivers_lake_centerlines.shp"):
        p = feature["properties"]
        kind = "lake_centerline" if p["featurecla"] == "Lake Centerline" else "river"
        number = p["dissolve"].removesuffix("River").removesuffix("Lake Centerline")
        groups[number, kind, int(p["scalerank"])] += io.parts(feature["geometry"], "LineString")
    features = []
    for (number, kind, rank), lines in sorted(groups.items(), key=lambda item: (item[0][2], item[0])):
        name = names.get(number, {"name_en": "", "name_fr": ""})
        features += [({"name_en": name["name_en"], "name_fr": name["name_fr"], "scalerank": rank, "class": kind,
                       "length_km": round(io.length_km(line), 1)}, {"type": "LineString", "coordinates": line})
                     for line in joined(lines)]
    io.write_flatgeobuf("region/rivers.fgb", features, "LINESTRING")

    names = {row["fid"]: row for row in io.read_table("names/lakes.csv")}
    features = []
    for feature in io.read_features(["-spat", *map(str, io.FRAME), f"{folder}/{io.GDL}ne_10m_lakes.shp"]):  # whole: no false shore
        polygons = io.parts(feature["geometry"], "Polygon")
        name = names.get(str(feature["properties"]["FID"]), {"name_en": "", "name_fr": ""})
        lon, lat = io.label_point(max(polygons, key=lambda polygon: io.area_km2([polygon])))
        features.append(({"name_en": name["name_en"], "name_fr": name["name_fr"], "label_lon": lon, "label_lat": lat,
                          "area_km2": round(io.area_km2(polygons), 1)},
                         {"type": "MultiPolygon", "coordinates": polygons}))
    features.sort(key=lambda feature: -feature[0]["area_km2"])
    io.write_flatgeobuf("region/lakes.fgb", features, "MULTIPOLYGON")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
