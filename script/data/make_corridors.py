#!/usr/bin/env python3
"""Makes data/region/corridors.geojson: twelve supply corridors, straight from town to town. Reads places.fgb; needs no sources.

    script/data/make_corridors.py

data/region/corridors.csv says which towns each road passes; data/names/corridors.csv names the roads. The lines are schematic:
they lie on the towns and up to some ten kilometres off the road between them.
"""
import collections
import json
import subprocess

import region_io as io

NOTE_EN = "Schematic: drawn straight from town to town, several kilometres off the road in places"
NOTE_FR = "Tracé schématique : en ligne droite de ville en ville, à plusieurs kilomètres de la route par endroits"


def read_places():
    text = subprocess.run(["ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", str(io.DATA / "region/places.fgb")], check=True,
                          stdout=subprocess.PIPE).stdout.decode("utf-8")
    places = collections.defaultdict(list)
    for line in text.splitlines():
        p = json.loads(line.strip("\x1e"))["properties"]
        places[p["iso2"], p["name"]].append(p)
    return places


def main():
    places = read_places()
    stops = collections.defaultdict(list)
    for row in io.read_table("region/corridors.csv"):
        found = places[row["iso2"], row["town"]]
        if len(found) != 1:
            raise ValueError(f"{row['id']}: {len(found)} places named {row['town']} in {row['iso2']}")
        if int(row["order"]) != len(stops[row["id"]]) + 1:
            raise ValueError(f"{row['id']}: order {row['order']} is out of turn")
        stops[row["id"]].append(found[0])
    lines = []
    for row in io.read_table("names/corridors.csv"):
        towns = stops.pop(row["id"])
        line = [[round(t["lon"], 4), round(t["lat"], 4)] for t in towns]
        lines.append(json.dumps({"type": "Feature", "properties": {
            "id": row["id"], "ref": row["ref"], "name_en": row["name_en"], "name_fr": row["name_fr"],
            "from": towns[0]["name_fr"], "to": towns[-1]["name_fr"],
            "via": "; ".join(t["name_fr"] for t in towns[1:-1]),
            "countries": "-".join(dict.fromkeys(t["iso2"] for t in towns)),
            "length_km": round(io.length_km(line), 1), "schematic": True,
            "note_en": f"{row['note_en']}. {NOTE_EN}", "note_fr": f"{row['note_fr']}. {NOTE_FR}"},
            "geometry": {"type": "LineString", "coordinates": line}}, ensure_ascii=False))
    if stops:
        raise ValueError(f"corridors without a name: {sorted(stops)}")
    with open(io.DATA / "region/corridors.geojson", "w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "name": "corridors", "features": [\n')
        file.write(",\n".join(lines) + "\n]}\n")
    print(f"region/corridors.geojson: {len(lines)} corridors")


if __name__ == "__main__":
    main()
