#!/usr/bin/env python3
"""Makes data/region/countries.fgb, admin1.fgb, boundaries.fgb and coast.fgb from Natural Earth's first-level units.

    script/data/make_admin.py FOLDER        (FOLDER: what fetch_sources.sh unpacked)

Countries are dissolved from the units, and lines are taken from the edges two units share, so that all four layers have the
same vertices. Coordinates are rounded to 1e-5 degree (about 1 m). Nothing is simplified.
"""
import sys
from collections import Counter, defaultdict

import region_io as io
import topology as topo

WESTERN_SAHARA_NORTH = 27.66144      # latitude of the source's own line (27 deg 40' N); its vertices lie on it
MERGED = {"Northern Cyprus": "CY", "Dhekelia": "CY", "Akrotiri": "CY"}    # source: iso_a2 -1


def read_units(folder, admin_names):
    """{(iso2, code): integer rings}; countries without a list of units become one unit with the country's code."""
    source = f"{folder}/{io.GDL}ne_10m_admin_1_states_provinces.shp"
    west, south, east, north = io.FRAME
    code_of = {(row["iso2"], row["ne_name"]): row["code"] for row in admin_names}
    listed = {row["iso2"] for row in admin_names}
    rings_of_unit = defaultdict(list)

    def add(features, country_of):
        for feature in features:
            name = feature["properties"]["name"]
            iso2 = country_of(feature["properties"])
            unit = (iso2, code_of[iso2, name if iso2 != "EH" else "Western Sahara"]) if iso2 in listed else (iso2, iso2)
            rings_of_unit[unit] += topo.oriented_rings(io.parts(feature["geometry"], "Polygon"))

    add(io.read_shapefile(source, where="iso_a2 <> 'MA'"),
        lambda p: MERGED[p["name"]] if p["iso_a2"] == "-1" else p["iso_a2"])
    # The source counts the part of Western Sahara west of the berm to Morocco's regions; here it is Western Sahara's.
    add(io.read_shapefile(source, (west, WESTERN_SAHARA_NORTH, east, north), "iso_a2 = 'MA'"), lambda p: "MA")
    add(io.read_shapefile(source, (west, south, east, WESTERN_SAHARA_NORTH), "iso_a2 = 'MA'"), lambda p: "EH")
    inserted = topo.insert_missing_vertices(rings_of_unit)
    print(f"{len(rings_of_unit)} units; {inserted} vertices put into edges that met another unit's corner")
    return {unit: topo.dissolve(rings) for unit, rings in sorted(rings_of_unit.items())}


def on_frame(a, b):
    west, south, east, north = (round(v * topo.SCALE) for v in io.FRAME)
    return (a[0] == b[0] and a[0] in (west, east)) or (a[1] == b[1] and a[1] in (south, north))


def status_row(rows, countries, a, b):
    """The first row of the status table for this pair of countries whose box holds the edge's middle, or None."""
    x, y = (a[0] + b[0]) / 2 / topo.SCALE, (a[1] + b[1]) / 2 / topo.SCALE
    for row in rows:
        if {row["left"], row["right"]} != set(countries):
            continue
        if not row["west"] or (float(row["west"]) <= x <= float(row["east"])
                               and float(row["south"]) <= y <= float(row["north"])):
            return row["id"]
    return None


def make_lines(units, status):
    """({key: directed edges}); key = ("coast", iso2), ("admin1", code, code) or ("country", iso2, iso2, status id)."""
    owner = {}
    for unit, rings in units.items():
        for ring in rings:
            for edge in zip(ring, ring[1:] + ring[:1]):
                if edge in owner:
                    raise ValueError(f"{unit} and {owner[edge]} overlap at {edge}")
                owner[edge] = unit
    groups = defaultdict(set)
    for (a, b), unit in owner.items():
        other = owner.get((b, a))
        if other is None:
            if not on_frame(a, b):
                groups["coast", unit[0]].add((a, b))
        elif unit < other:
            if unit[0] == other[0]:
                groups["admin1", unit[1], other[1]].add((a, b))
            else:
                groups["country", unit[0], other[0], status_row(status, (unit[0], other[0]), a, b)].add((a, b))
    return groups


def main(folder):
    countries = {row["iso2"]: row for row in io.read_table("names/countries.csv")}
    admin_names = io.read_table("names/admin1.csv")
    levels = {row["iso2"]: row for row in io.read_table("names/admin_levels.csv")}
    status = io.read_table("region/boundary_status.csv")
    units = read_units(folder, admin_names)

    rings_of_country = defaultdict(list)
    for (iso2, _), rings in units.items():
        rings_of_country[iso2] += rings
    features = []
    for iso2, rings in sorted(rings_of_country.items()):
        row = countries[iso2]
        polygons = [[topo.degrees(ring) for ring in polygon] for polygon in topo.to_polygons(topo.dissolve(rings))]
        lon, lat = (float(row["label_lon"]), float(row["label_lat"])) if row["label_lon"] else io.label_point(polygons[0])
        if not any(io.inside(polygon, (lon, lat)) for polygon in polygons):
            raise ValueError(f"label point of {iso2} lies outside its polygon")
        features.append(({"iso2": iso2, "iso3": row["iso3"], "iso_num": int(row["iso_num"]), "name_en": row["name_en"],
                          "name_fr": row["name_fr"], "aliases": row["aliases"], "core": row["core"] == "true",
                          "label_lon": lon, "label_lat": lat, "area_km2": round(io.area_km2(polygons), 1)},
                         {"type": "MultiPolygon", "coordinates": polygons}))
    io.write_flatgeobuf("region/countries.fgb", features, "MULTIPOLYGON")

    features = []
    for row in admin_names:
        polygons = [[topo.degrees(ring) for ring in polygon]
                    for polygon in topo.to_polygons(units[row["iso2"], row["code"]])]
        level = levels[row["iso2"]]
        lon, lat = io.label_point(polygons[0])
        features.append(({"iso2": row["iso2"], "code": row["code"], "name": row["name"], "name_en": row["name_en"],
                          "name_fr": row["name_fr"], "level_name_en": level["level_name_en"],
                          "level_name_fr": level["level_name_fr"], "vintage": level["vintage"],
                          "core": countries[row["iso2"]]["core"] == "true", "label_lon": lon, "label_lat": lat,
                          "area_km2": round(io.area_km2(polygons), 1)},
                         {"type": "MultiPolygon", "coordinates": polygons}))
    io.write_flatgeobuf("region/admin1.fgb", features, "MULTIPOLYGON")

    groups = make_lines(units, status)
    # one line between two countries, however many units meet it: the chains ignore the units
    notes = {row["id"]: row for row in status}
    features, coast = [], []
    for key, edges in sorted(groups.items(), key=lambda item: tuple(str(part) for part in item[0])):
        lines = [{"type": "LineString", "coordinates": topo.degrees(line)} for line in topo.chains(edges)]
        if key[0] == "coast":
            coast += [({"iso2": key[1]}, line) for line in lines]
            continue
        note = notes.get(key[3]) if key[0] == "country" else None
        iso = key[1:3] if key[0] == "country" else (key[1].split("-")[0], key[2].split("-")[0])
        kind = "admin1" if key[0] == "admin1" else note["status"] if note else "international"
        features += [({"class": kind, "left": iso[0], "right": iso[1],
                       "left_code": key[1] if kind == "admin1" else "", "right_code": key[2] if kind == "admin1" else "",
                       "core": any(countries[c]["core"] == "true" for c in iso),
                       "note_en": note["note_en"] if note else "", "note_fr": note["note_fr"] if note else ""}, line)
                     for line in lines]
    io.write_flatgeobuf("region/boundaries.fgb", features, "LINESTRING")
    io.write_flatgeobuf("region/coast.fgb", coast, "LINESTRING")
    print(sorted(Counter(properties["class"] for properties, _ in features).items()))
    unused = set(notes) - {key[3] for key in groups if key[0] == "country"}
    if unused:
        raise ValueError(f"rows of boundary_status.csv that meet no boundary: {sorted(unused)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
