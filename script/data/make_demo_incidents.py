#!/usr/bin/env python3
"""Makes data/demo/incidents.csv: a made-up incident table in ACLED's column layout. Reads places.fgb, countries.fgb, admin1.fgb,
lakes.fgb and corridors.geojson; needs no sources.

    script/data/make_demo_incidents.py

No row is a record of anything that happened. The numbers of July 2025 are those published (claims by JNIM: Burkina Faso 54,
Mali 36, Niger 7); months, places, dates and victims are drawn at random around towns of the areas concerned, with a fixed
seed. Every row says so in `source`, `notes` and `tags`, and its id begins with DEMO.
"""
import calendar
import csv
import datetime
import json
import math
import random
import subprocess

import region_io as io

SEED = 20250731
COLUMNS = ("event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
           "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
           "latitude longitude geo_precision source source_scale notes fatalities tags timestamp").split()
COUNTRY = {"BF": (854, "Burkina Faso"), "ML": (466, "Mali"), "NE": (562, "Niger"), "BJ": (204, "Benin"), "TG": (768, "Togo")}
# incidents of each month besides the ambushes on the roads
MONTHS = {5: {"BF": 50, "ML": 30, "NE": 8, "BJ": 4, "TG": 1}, 6: {"BF": 55, "ML": 34, "NE": 7, "BJ": 3, "TG": 2},
          7: {"BF": 54, "ML": 36, "NE": 7}, 8: {"BF": 49, "ML": 38, "NE": 8, "BJ": 3, "TG": 1},
          9: {"BF": 46, "ML": 34, "NE": 7, "BJ": 4, "TG": 1}, 10: {"BF": 44, "ML": 33, "NE": 8, "BJ": 5, "TG": 2}}
# ambushes on fuel tankers: corridor, the towns between which they lie, number in September and in October
AMBUSHES = (("C01", "Kayes", "Kolokani", 8, 11), ("C02", "Zégoua", "Bougouni", 6, 8), ("C02", "Bougouni", "Bamako", 3, 5),
            ("C03", "Samatiguila", "Bougouni", 1, 2))
# region (first-level unit as ACLED names it), its seat, and towns with weights; "+" = weight from September on
AREAS = {
    "BF": {"Sahel": ("Dori", "Djibo 9, Aribinda 6, Dori 5, Gorom-Gorom 4, Déou 3, Tin-Akoff 2, Sebba 4, Boundoré 2"),
           "Est": ("Fada N'gourma", "Fada N'gourma 5, Diapaga 6, Pama 4, Kompienga 5, Gayéri 4, Bogandé 4, Bilanga 2, "
                                    "Mani 2, Natiaboani 3"),
           "Nord": ("Ouahigouya", "Ouahigouya 4, Titao 4, Gourcy 1, Yako 1"),
           "Centre-Nord": ("Kaya", "Bourzanga 4, Kongoussi 3, Pissila 3, Kaya 2, Boulsa 2"),
           "Boucle du Mouhoun": ("Dédougou", "Tougan 3, Nouna 3, Solenzo 3, Barani 3, Dédougou 2, Toma 1"),
           "Centre-Est": ("Tenkodogo", "Ouargaye 1, Bittou 1"),
           "Cascades": ("Banfora", "Mangodara 2, Niangoloko 1, Sindou 1"),
           "Sud-Ouest": ("Gaoua", "Batié 1")},
    "ML": {"Mopti": ("Mopti", "Mopti 2, Bandiagara 5, Bankass 4, Koro 4, Douentza 4, Djenné 2, Ténenkou 2, Youwarou 2"),
           "Ségou": ("Ségou", "Niono 5, Ségou 2, Ké-Macina 3, Sokolo 2, Molodo 1, San 2, Tominian 2, Markala 1"),
           "Sikasso": ("Sikasso", "Koutiala 1, Yorosso 2, Sikasso 1 +2, Kadiolo 1 +3, Kolondiéba 0 +1, Yanfolila 0 +1, "
                                  "Bougouni 0 +2"),
           "Koulikoro": ("Koulikoro", "Nara 2, Banamba 1, Kolokani 0 +2"),
           "Kayes": ("Kayes", "Kayes 1 +3, Diéma 1 +3, Nioro 1 +3, Kita 0 +1, Bafoulabé 0 +1, Yélimané 0 +1"),
           "Tombouctou": ("Timbuktu", "Timbuktu 2, Niafunké 1, Goundam 1"),
           "Gao": ("Gao", "Gao 2, Ansongo 2, Bourem 1"),
           "Kidal": ("Kidal", "Aguelhok 1, Kidal 1")},
    "NE": {"Tillabéri": ("Tillabéri", "Torodi 4, Téra 4, Gothèye 3, Ayorou 2, Ouallam 2, Bani Bangou 2, Abala 1, Say 2, "
                                      "Bankilaré 2, Tillabéri 1"),
           "Dosso": ("Dosso", "Gaya 1, Dosso 1")},
    "BJ": {"Alibori": ("Kandi", "Banikoara 3, Malanville 2, Kandi 1"), "Atacora": ("Natitingou", "Tanguiéta 3, Natitingou 1")},
    "TG": {"Savanes": ("Dapaong", "Dapaong 2, Tandjouaré 1")},
}
KINDS = (   # weight, disorder, event type, sub-event type, second actor, its class, civilians targeted
    (38, "Political violence", "Battles", "Armed clash", "Military Forces", "State forces", False),
    (22, "Political violence", "Violence against civilians", "Attack", "Civilians", "Civilians", True),
    (16, "Political violence", "Explosions/Remote violence", "Remote explosive/landmine/IED", "Military Forces", "State forces",
     False),
    (9, "Political violence", "Violence against civilians", "Abduction/forced disappearance", "Civilians", "Civilians", True),
    (8, "Strategic developments", "Strategic developments", "Looting/property destruction", "Civilians", "Civilians", True),
    (7, "Political violence", "Battles", "Non-state actor overtakes territory", "Military Forces", "State forces", False))
TANKER = (1, "Political violence", "Violence against civilians", "Attack", "Civilians", "Civilians", True)
NOTE = "Illustrative row, made up for demonstration; not a record of an event."


class Dice:
    """Only Random.random() is used: its sequence for a seed is the same in every version of Python."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, count):
        return int(self.random() * count)

    def choose(self, weighted):
        """weighted: [(weight, thing)]"""
        at = self.random() * sum(weight for weight, _ in weighted)
        for weight, thing in weighted:
            at -= weight
            if at < 0:
                return thing
        return weighted[-1][1]

    def offset(self, lon, lat, sigma_km):
        """A point scattered by a round gaussian of sigma_km."""
        r = sigma_km * math.sqrt(-2 * math.log(1 - self.random()))
        angle = 2 * math.pi * self.random()
        return (lon + r * math.sin(angle) / (111.2 * math.cos(math.radians(lat))), lat + r * math.cos(angle) / 111.2)


def read_layer(name):
    text = subprocess.run(["ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", str(io.DATA / name)], check=True,
                          stdout=subprocess.PIPE).stdout.decode("utf-8")
    return [json.loads(line.strip("\x1e")) for line in text.splitlines()]


class Ground:
    """Which country and unit a point lies in, and whether it is dry."""

    def __init__(self):
        self.countries = {f["properties"]["iso2"]: io.parts(f["geometry"], "Polygon")
                          for f in read_layer("region/countries.fgb") if f["properties"]["iso2"] in COUNTRY}
        self.units = [(f["properties"]["iso2"], f["properties"]["name"], io.parts(f["geometry"], "Polygon"))
                      for f in read_layer("region/admin1.fgb") if f["properties"]["iso2"] in COUNTRY]
        self.lakes = [polygon for f in read_layer("region/lakes.fgb") for polygon in io.parts(f["geometry"], "Polygon")]

    def accepts(self, iso2, point):
        return (any(io.inside(polygon, point) for polygon in self.countries[iso2])
                and not any(io.inside(polygon, point) for polygon in self.lakes))

    def unit(self, iso2, point):
        return next(name for owner, name, polygons in self.units
                    if owner == iso2 and any(io.inside(polygon, point) for polygon in polygons))


def towns_of(iso2, month):
    """[(weight, (town, region, seat))] of a country in a month."""
    out = []
    for region, (seat, text) in AREAS[iso2].items():
        for entry in text.split(", "):
            name, *weights = entry.split(" ") if "+" not in entry else entry.replace("+", "").split(" ")
            while not weights[0].isdigit():                        # names of several words
                name, weights = f"{name} {weights[0]}", weights[1:]
            weight = int(weights[0]) + (int(weights[1]) if len(weights) > 1 and month >= 9 else 0)
            out.append((weight, (name, region, seat)))
    return out


def place_incident(dice, ground, places, iso2, town, seat, on_road=None):
    """(lon, lat, precision, location name). on_road: a point on the route instead of the town."""
    precision = dice.choose([(55, 1), (35, 2), (10, 3)])
    if precision == 3:
        p = places[iso2, seat]
        return p["lon"], p["lat"], 3, p["name_fr"]
    centre = on_road or (places[iso2, town]["lon"], places[iso2, town]["lat"])
    name = places[iso2, town]["name_fr"]
    if precision == 1 and not on_road and dice.random() < 0.6:
        return *centre, 1, name                                    # coincident with the town, as in real tables
    sigma = (2.0 if on_road else 5.0) if precision == 1 else 10.0
    for _ in range(1000):
        lon, lat = dice.offset(*centre, sigma)
        if io.distance_km(centre, (lon, lat)) < 25 and ground.accepts(iso2, (round(lon, 4), round(lat, 4))):
            return lon, lat, precision, name
    raise ValueError(f"no room around {town}")


def stretch(corridor, places, first, last):
    """The part of a corridor between two towns, as a list of (lon, lat, town name)."""
    p = corridor["properties"]
    names = [p["from"], *p["via"].split("; "), p["to"]]
    line = corridor["geometry"]["coordinates"]
    a, b = sorted((names.index(places[first]["name_fr"]), names.index(places[last]["name_fr"])))
    return [(lon, lat, name) for (lon, lat), name in zip(line[a:b + 1], names[a:b + 1])]


def point_on(dice, line):
    """A random point of a polyline, evenly by length, and the nearer end town of its leg."""
    legs = [(io.distance_km(a[:2], b[:2]), (a, b)) for a, b in zip(line, line[1:])]
    a, b = dice.choose(legs)
    t = dice.random()
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t), (a if t < 0.5 else b)[2]


def main():
    dice, ground = Dice(SEED), Ground()
    by_key, town_of = {}, {}
    for feature in read_layer("region/places.fgb"):
        p = feature["properties"]
        key = p["iso2"], p["name"]
        if key not in by_key or p["population"] > by_key[key]["population"]:
            by_key[key] = p
    for (iso2, name), p in by_key.items():
        town_of[iso2, p["name_fr"]] = name
    corridors = {f["properties"]["id"]: f for f in json.loads((io.DATA / "region/corridors.geojson").read_text())["features"]}

    rows = []

    def add(month, iso2, kind, lon, lat, precision, location, region, notes):
        lon, lat = round(lon, 4), round(lat, 4)
        day = 1 + dice.below(calendar.monthrange(2025, month)[1])
        date = datetime.date(2025, month, day)
        unit = ground.unit(iso2, (lon, lat))
        rank = dice.random()
        deaths = 0
        if kind[3] in ("Armed clash", "Attack", "Remote explosive/landmine/IED", "Non-state actor overtakes territory"):
            deaths = 0 if rank < 0.87 else 1 + dice.below(4) if rank < 0.985 else 5 + dice.below(6)
        number, country = COUNTRY[iso2]
        rows.append({
            "event_date": date.isoformat(), "year": 2025, "time_precision": dice.choose([(80, 1), (15, 2), (5, 3)]),
            "disorder_type": kind[1], "event_type": kind[2], "sub_event_type": kind[3], "actor1": "JNIM",
            "assoc_actor_1": "", "inter1": "Rebel group", "actor2": kind[4], "assoc_actor_2": "", "inter2": kind[5],
            "interaction": "State forces-Rebel group" if kind[5] == "State forces" else "Rebel group-Civilians",
            "civilian_targeting": "Civilian targeting" if kind[6] else "", "iso": number, "region": "Western Africa",
            "country": country, "admin1": region if iso2 == "BF" else unit, "admin2": unit if iso2 == "BF" else "",
            "admin3": "", "location": location, "latitude": f"{lat:.4f}", "longitude": f"{lon:.4f}",
            "geo_precision": precision, "source": "Illustrative (made up)", "source_scale": "Other", "notes": notes,
            "fatalities": deaths, "tags": "illustrative; made up",
            "timestamp": int(datetime.datetime(2025, month, day, tzinfo=datetime.timezone.utc).timestamp()) + 14 * 86400})

    for month, counts in MONTHS.items():
        for iso2, count in counts.items():
            towns = towns_of(iso2, month)
            for _ in range(count):
                town, region, seat = dice.choose(towns)
                kind = dice.choose([(k[0], k) for k in KINDS])
                add(month, iso2, kind, *place_incident(dice, ground, by_key, iso2, town, seat), region, NOTE)
    names = {name: by_key[iso2, name] for iso2, name in by_key if iso2 in ("ML", "CI")}
    for corridor, first, last, september, october in AMBUSHES:
        line = stretch(corridors[corridor], names, first, last)
        for month, count in ((9, september), (10, october)):
            for _ in range(count):
                while True:
                    at, town = point_on(dice, line)
                    if ground.accepts("ML", at) and ("ML", town) in town_of and ground.unit("ML", at) in AREAS["ML"]:
                        break
                town, seat = town_of["ML", town], AREAS["ML"][ground.unit("ML", at)][0]
                add(month, "ML", TANKER, *place_incident(dice, ground, by_key, "ML", town, seat, at), "",
                    f"{NOTE} Ambush on fuel tankers, scattered about the schematic corridor {corridor}.")

    rows.sort(key=lambda row: (row["event_date"], row["country"], row["location"], row["latitude"], row["longitude"],
                               row["sub_event_type"], row["actor2"], row["geo_precision"], row["time_precision"]))
    with open(io.DATA / "demo/incidents.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for number, row in enumerate(rows, 1):
            writer.writerow({"event_id_cnty": f"DEMO{number:04d}", **row})
    print(f"demo/incidents.csv: {len(rows)} rows")


if __name__ == "__main__":
    main()
