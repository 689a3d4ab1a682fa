#!/usr/bin/env python3
"""Checks the files under data/: validity (GEOS), no overlap or gap, labels inside, places on land, tables with a source.

    script/data/check_region.py

Prints one line per check and exits with 1 if one fails.
"""
import collections
import csv
import json
import subprocess
import sys

import region_io as io

# km2, official surface areas as usually published (Niger's is known to be some 7 % more than its boundaries hold)
PUBLISHED_KM2 = {"ML": 1_240_192, "BF": 272_967, "NE": 1_267_000, "SN": 196_712, "MR": 1_030_700, "GN": 245_857,
                 "CI": 322_463, "GH": 238_533, "TG": 56_785, "BJ": 114_763, "NG": 923_768, "DZ": 2_381_741,
                 "TD": 1_284_000}
failed = []


def report(name, problems, note=""):
    print(f"{'FAIL' if problems else 'ok  '} {name}{': ' + note if note else ''}")
    for problem in list(problems)[:5]:
        print(f"       {problem}")
    if problems:
        failed.append(name)


def read(name):
    text = subprocess.run(["ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", str(io.DATA / "region" / name)], check=True,
                          stdout=subprocess.PIPE).stdout.decode("utf-8")
    return [json.loads(line.strip("\x1e")) for line in text.splitlines()]


def query(name, sql):
    text = subprocess.run(["ogr2ogr", "-f", "CSV", "/vsistdout/", str(io.DATA / "region" / name), "-dialect", "sqlite",
                           "-sql", sql], check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
    return list(csv.DictReader(text.splitlines()))


def check_polygons():
    for name in ("countries", "admin1", "lakes", "surroundings"):
        bad = query(f"{name}.fgb", f"SELECT ST_IsValidReason(geometry) AS reason FROM {name} WHERE NOT ST_IsValid(geometry)")
        report(f"{name}: polygons valid", [row["reason"] for row in bad])
    for name, key in (("countries", "iso2"), ("admin1", "code")):
        rows = query(f"{name}.fgb", f"SELECT a.{key} AS a, b.{key} AS b FROM {name} a, {name} b WHERE a.{key} < b.{key} AND "
                     f"ST_Intersects(a.geometry, b.geometry) AND ST_Area(ST_Intersection(a.geometry, b.geometry)) > 0")
        report(f"{name}: no overlap", rows)
    # a gap between dissolved countries would be a hole of the union that no sea or enclave explains
    text = subprocess.run(["ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", str(io.DATA / "region/countries.fgb"), "-dialect",
                           "sqlite", "-sql", "SELECT ST_Union(geometry) AS geometry FROM countries WHERE core OR iso2 IN "
                           "('GM', 'GW', 'SL', 'LR', 'EH', 'LY', 'SD', 'CM', 'CF')"], check=True,
                          stdout=subprocess.PIPE).stdout.decode("utf-8")
    union = io.parts(json.loads(text.strip("\x1e\n"))["geometry"], "Polygon")
    holes = [ring[0] for polygon in union for ring in polygon[1:]]
    report("countries: no gap between neighbours", holes, f"{len(union)} land masses and islands")


def check_attributes(countries, admin1):
    areas = collections.defaultdict(float)
    for feature in admin1:
        areas[feature["properties"]["iso2"]] += feature["properties"]["area_km2"]
    problems, worst = [], 0.0
    for feature in countries:
        p = feature["properties"]
        if not any(io.inside(polygon, (p["label_lon"], p["label_lat"])) for polygon in io.parts(feature["geometry"], "Polygon")):
            problems.append(f"label of {p['iso2']} outside")
        if p["core"]:
            off = abs(p["area_km2"] / PUBLISHED_KM2[p["iso2"]] - 1)
            worst = max(worst, off)
            if off > 0.07 or abs(areas[p["iso2"]] - p["area_km2"]) > 2:
                problems.append(f"area of {p['iso2']}: {p['area_km2']} km2, units {areas[p['iso2']]:.1f}")
    report("countries: labels inside, areas near the published ones", problems, f"largest difference {worst:.1%}")
    problems = [p["code"] for f in admin1 for p in [f["properties"]] if not any(
        io.inside(polygon, (p["label_lon"], p["label_lat"])) for polygon in io.parts(f["geometry"], "Polygon"))]
    report("admin1: labels inside", problems)


def check_places(countries, places):
    polygons = {f["properties"]["iso2"]: io.parts(f["geometry"], "Polygon") for f in countries}
    boxes = {iso2: [(min(x for x, _ in p[0]), min(y for _, y in p[0]), max(x for x, _ in p[0]), max(y for _, y in p[0]), p)
                    for p in parts] for iso2, parts in polygons.items()}
    other, sea = [], []
    for feature in places:
        p = feature["properties"]
        at = (p["lon"], p["lat"])

        def within(iso2):
            return any(w <= at[0] <= e and s <= at[1] <= n and io.inside(polygon, at) for w, s, e, n, polygon in boxes[iso2])

        if not within(p["iso2"]):
            found = next((iso2 for iso2 in boxes if within(iso2)), None)
            (sea if found is None else other).append((p["iso2"], p["name"], found))
    # the source's shore and rivers are some hundred metres to a few kilometres off in places
    report("places: in their country", other if len(other) > 15 else [], f"{len(other)} across a boundary: {other}")
    report("places: on land", sea if len(sea) > 40 else [], f"{len(sea)} off the shore: {[s[:2] for s in sea]}")


def check_tables():
    for name in ("names/countries.csv", "names/admin1.csv", "names/admin_levels.csv", "names/towns.csv", "names/rivers.csv",
                 "names/lakes.csv", "names/corridors.csv", "region/boundary_status.csv"):
        rows = io.read_table(name)
        report(f"{name}: a source in every row", [row for row in rows if not row["source"]], f"{len(rows)} rows")


def check_demo(countries):
    with open(io.DATA / "demo/incidents.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    iso2_of = {f["properties"]["iso_num"]: f for f in countries}
    outside = [r["event_id_cnty"] for r in rows if not any(
        io.inside(polygon, (float(r["longitude"]), float(r["latitude"])))
        for polygon in io.parts(iso2_of[int(r["iso"])]["geometry"], "Polygon"))]
    report("demo: every point in its country", outside, f"{len(rows)} rows")
    july = collections.Counter(r["country"] for r in rows if r["event_date"].startswith("2025-07"))
    report("demo: counts of July 2025", [] if july == {"Burkina Faso": 54, "Mali": 36, "Niger": 7} else [july], str(dict(july)))
    report("demo: marked in every row", [r for r in rows if "made up" not in r["source"] or "made up" not in r["notes"]])


def main():
    countries, admin1 = read("countries.fgb"), read("admin1.fgb")
    check_polygons()
    check_attributes(countries, admin1)
    check_places(countries, read("places.fgb"))
    check_tables()
    check_demo(countries)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
