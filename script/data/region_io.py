"""What the scripts of this folder share: paths, tables, reading by ogr2ogr, writing FlatGeobuf, measures on the ellipsoid."""
import csv
import heapq
import json
import math
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
FRAME = (-26.0, -2.0, 40.0, 38.5)          # west, south, east, north of everything embedded
GDL = "usr/share/gnudatalanguage/resource/maps/high/"
MAGICS = "usr/share/magics/10m/"
MAGICS_50M = "usr/share/magics/50m/"
MAGICS_110M = "usr/share/magics/110m/"


def read_table(path):
    with open(DATA / path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_features(arguments, precision=5):
    """What ogr2ogr reads with these arguments (the source last), in WGS 84, as GeoJSON dictionaries."""
    command = ["ogr2ogr", "-f", "GeoJSONSeq", "-a_srs", "EPSG:4326", "-lco", f"COORDINATE_PRECISION={precision}",
               *arguments[:-1], "/vsistdout/", arguments[-1]]
    # why: the .dbf files are UTF-8 and have no .cpg; GDAL would take them for Latin-1
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          env={**os.environ, "SHAPE_ENCODING": "UTF-8"}).stdout.decode("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip(" \x1e")]


def read_shapefile(path, clip=FRAME, where=None):
    """Features of a UTF-8 shapefile in WGS 84, clipped."""
    return read_features([*(["-clipsrc", *map(str, clip)]), *(["-where", where] if where else []), str(path)])


def parts(geometry, kind):
    """The list of Polygon or LineString coordinates in a (multi) geometry; other dimensions are left out."""
    if geometry is None:
        return []
    if geometry["type"] == kind:
        return [geometry["coordinates"]]
    if geometry["type"] == "Multi" + kind:
        return list(geometry["coordinates"])
    if geometry["type"] == "GeometryCollection":
        return [part for member in geometry["geometries"] for part in parts(member, kind)]
    return []


def write_flatgeobuf(path, features, geometry_type):
    """Writes (properties, geometry) pairs; every feature has the same keys in the same order."""
    name = pathlib.Path(path).stem
    collection = {"type": "FeatureCollection", "name": name, "features": [
        {"type": "Feature", "properties": properties, "geometry": geometry} for properties, geometry in features]}
    (DATA / path).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / f"{name}.geojson"
        source.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
        subprocess.run(["ogr2ogr", "-f", "FlatGeobuf", "-a_srs", "EPSG:4326", "-nln", name, "-nlt", geometry_type,
                        str(DATA / path), str(source)], check=True)
    print(f"{path}: {len(features)} features, {(DATA / path).stat().st_size:,} bytes")


# --- measures -----------------------------------------------------------------------------------------------------

_A, _F = 6378137.0, 1 / 298.257223563
_E2 = _F * (2 - _F)
_E = math.sqrt(_E2)


def _q(latitude):
    s = math.sin(math.radians(latitude))
    return (1 - _E2) * (s / (1 - _E2 * s * s) - math.log((1 - _E * s) / (1 + _E * s)) / (2 * _E))


_QP = _q(90)
_R2 = _A * _A * _QP / 2                                  # authalic radius squared


def area_km2(polygons):
    """Area on the WGS 84 ellipsoid; edges straight in longitude and sine of the authalic latitude."""
    total = 0.0
    for polygon in polygons:
        for index, ring in enumerate(polygon):
            twice = sum(math.radians(x1 - x0) * (_q(y0) + _q(y1)) / _QP
                        for (x0, y0), (x1, y1) in zip(ring, ring[1:]))
            total += (1 if index == 0 else -1) * abs(twice) / 2 * _R2
    return total / 1e6


def distance_km(a, b):
    """Geodesic between two (lon, lat), Vincenty 1975; 1 mm for the distances met here."""
    if a == b:
        return 0.0
    minor = _A * (1 - _F)
    u1, u2 = (math.atan((1 - _F) * math.tan(math.radians(p[1]))) for p in (a, b))
    l = lam = math.radians(b[0] - a[0])
    for _ in range(100):
        s = math.hypot(math.cos(u2) * math.sin(lam),
                       math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam))
        c = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(s, c)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(lam) / s
        cos2 = 1 - sin_alpha ** 2
        mid = c - 2 * math.sin(u1) * math.sin(u2) / cos2 if cos2 else 0.0
        k = _F / 16 * cos2 * (4 + _F * (4 - 3 * cos2))
        before, lam = lam, l + (1 - k) * _F * sin_alpha * (sigma + k * s * (mid + k * c * (2 * mid * mid - 1)))
        if abs(lam - before) < 1e-12:
            break
    up = cos2 * _E2 / (1 - _E2)
    big_a = 1 + up / 16384 * (4096 + up * (-768 + up * (320 - 175 * up)))
    big_b = up / 1024 * (256 + up * (-128 + up * (74 - 47 * up)))
    ds = big_b * s * (mid + big_b / 4 * (c * (2 * mid * mid - 1)
                                         - big_b / 6 * mid * (4 * s * s - 3) * (4 * mid * mid - 3)))
    return minor * big_a * (sigma - ds) / 1000


def length_km(line):
    return sum(distance_km(tuple(a), tuple(b)) for a, b in zip(line, line[1:]))


# --- points in polygons -------------------------------------------------------------------------------------------

def inside(polygon, point):
    """Even-odd over all rings of one polygon (closed rings of [lon, lat])."""
    x, y = point
    answer = False
    for ring in polygon:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                answer = not answer
    return answer


def label_point(polygon, precision=0.02):
    """Pole of inaccessibility, longitudes shortened by the cosine of the middle latitude (quadtree search)."""
    lats = [y for _, y in polygon[0]]
    k = math.cos(math.radians((min(lats) + max(lats)) / 2))
    rings = [[(x * k, y) for x, y in ring] for ring in polygon]
    segments = [(a, b) for ring in rings for a, b in zip(ring, ring[1:])]
    xs = [x for x, _ in rings[0]]

    def signed_distance(x, y):
        best, odd = math.inf, False
        for (x0, y0), (x1, y1) in segments:
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                odd = not odd
            dx, dy = x1 - x0, y1 - y0
            t = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy) if dx or dy else 0.0
            t = min(1.0, max(0.0, t))
            best = min(best, (x - x0 - t * dx) ** 2 + (y - y0 - t * dy) ** 2)
        return math.sqrt(best) if odd else -math.sqrt(best)

    size = min(max(xs) - min(xs), max(lats) - min(lats))
    half = size / 2
    queue, serial = [], 0

    def push(x, y, h):
        nonlocal serial
        d = signed_distance(x, y)
        serial += 1
        heapq.heappush(queue, (-(d + h * math.sqrt(2)), serial, d, x, y, h))
        return d, x, y

    best = max(push(x, y, half)
               for x in _steps(min(xs), max(xs), size) for y in _steps(min(lats), max(lats), size))
    while queue:
        bound, _, _, x, y, h = heapq.heappop(queue)
        if -bound - best[0] <= precision:
            break
        best = max([best] + [push(x + sx * h / 2, y + sy * h / 2, h / 2) for sx in (-1, 1) for sy in (-1, 1)])
    return round(best[1] / k, 3), round(best[2], 3)


def _steps(low, high, size):
    count = max(1, math.ceil((high - low) / size - 1e-9))
    return [low + size * (i + 0.5) for i in range(count)]
