"""Planar topology on integer coordinates (1e-5 degree): shared edges, dissolve, boundary lines.

Polygons of one coverage share their vertices, so two neighbours own the same edge in opposite directions. Everything
here works on those edges exactly: a dissolved country and its units, and the line between two countries, consist of the
same vertices to the last digit. No tolerance is involved except in `insert_missing_vertices`.
"""
from collections import defaultdict
from math import atan2, pi

SCALE = 100_000


def to_integer(ring):
    """Closed ring of [lon, lat] to integer points without repeats (the last point is not repeated)."""
    points = []
    for lon, lat in ring:
        point = (round(lon * SCALE), round(lat * SCALE))
        if not points or points[-1] != point:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def signed_area(ring):
    """Twice the planar area, positive counter-clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]))


def oriented_rings(polygons):
    """GeoJSON MultiPolygon coordinates to integer rings, interior on the left."""
    rings = []
    for polygon in polygons:
        for index, ring in enumerate(polygon):
            points = to_integer(ring)
            if len(points) < 3 or signed_area(points) == 0:
                continue
            if (signed_area(points) > 0) != (index == 0):
                points.reverse()
            rings.append(points)
    return rings


def insert_missing_vertices(rings_of_unit, tolerance=2.5):
    """Where a vertex of one ring lies on an edge of another (within `tolerance` units), puts it into that edge.

    Only edges without a partner are looked at. Returns the number of vertices inserted.
    """
    owned = set()
    for rings in rings_of_unit.values():
        for ring in rings:
            owned.update(zip(ring, ring[1:] + ring[:1]))
    lonely = {edge for edge in owned if (edge[1], edge[0]) not in owned}
    cell = SCALE // 20
    vertices = defaultdict(set)
    for a, b in lonely:
        for point in (a, b):
            vertices[point[0] // cell, point[1] // cell].add(point)

    def on_edge(a, b):
        dx, dy = b[0] - a[0], b[1] - a[1]
        length2 = dx * dx + dy * dy
        found = []
        for cx in range((min(a[0], b[0]) - 3) // cell, (max(a[0], b[0]) + 3) // cell + 1):
            for cy in range((min(a[1], b[1]) - 3) // cell, (max(a[1], b[1]) + 3) // cell + 1):
                for p in vertices.get((cx, cy), ()):
                    if p in (a, b):
                        continue
                    t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2
                    if not 0 < t < 1:
                        continue
                    cross = (p[0] - a[0]) * dy - (p[1] - a[1]) * dx
                    if cross * cross <= tolerance * tolerance * length2:
                        found.append((t, p))
        return [p for _, p in sorted(found)]

    inserted = 0
    for rings in rings_of_unit.values():
        for index, ring in enumerate(rings):
            out = []
            for a, b in zip(ring, ring[1:] + ring[:1]):
                out.append(a)
                if (a, b) in lonely:
                    extra = [p for p in on_edge(a, b) if p not in ring]
                    out.extend(extra)
                    inserted += len(extra)
            rings[index] = out
    return inserted


def dissolve(rings):
    """Rings of several units (interior left) to the rings of their union: edges owned in both directions vanish."""
    edges = set()
    for ring in rings:
        for a, b in zip(ring, ring[1:] + ring[:1]):
            if (b, a) in edges:
                edges.remove((b, a))
            else:
                edges.add((a, b))
    following = defaultdict(list)
    for a, b in sorted(edges):
        following[a].append(b)
    unused = set(edges)
    out = []
    for start in sorted(edges):
        if start not in unused:
            continue
        ring, (a, b) = [], start
        while (a, b) in unused:
            unused.remove((a, b))
            ring.append(a)
            back = atan2(a[1] - b[1], a[0] - b[0])
            # the sharpest left turn keeps lobes that touch in one point apart
            choices = [c for c in following[b] if (b, c) in unused]
            if not choices:
                break
            a, b = b, min(choices, key=lambda c: (back - atan2(c[1] - b[1], c[0] - b[0])) % (2 * pi) or 2 * pi)
        if len(ring) >= 3:
            out.append(ring)
    return out


def contains(ring, point):
    """Even-odd test; points on the ring count as either."""
    x, y = point
    inside = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def to_polygons(rings):
    """Rings (interior left) to a list of [outer, hole...], each closed, largest first."""
    outers = sorted((r for r in rings if signed_area(r) > 0), key=signed_area)
    polygons = [[outer] for outer in outers]
    for hole in (r for r in rings if signed_area(r) < 0):
        for polygon in polygons:                                  # smallest outer first
            outer = set(polygon[0])
            probe = next((p for p in hole if p not in outer), None)
            if probe is not None and contains(polygon[0], probe):
                polygon.append(hole)
                break
        else:
            raise ValueError(f"hole at {hole[0]} lies in no ring")
    polygons.sort(key=lambda polygon: -signed_area(polygon[0]))
    return [[ring + ring[:1] for ring in polygon] for polygon in polygons]


def degrees(points):
    return [[x / SCALE, y / SCALE] for x, y in points]


def chains(directed_edges):
    """Directed edges to the fewest polylines; a polyline ends where more or fewer than two edges meet."""
    following, degree = defaultdict(list), defaultdict(int)
    for a, b in sorted(directed_edges):
        following[a].append(b)
        degree[a] += 1
        degree[b] += 1
    incoming = {b for _, b in directed_edges}
    unused = set(directed_edges)
    out = []

    def follow(a, b):
        line = [a]
        while (a, b) in unused:
            unused.remove((a, b))
            line.append(b)
            if degree[b] != 2 or len(following[b]) != 1:
                break
            a, b = b, following[b][0]
        out.append(line)

    for a, b in sorted(directed_edges):
        if (a, b) in unused and (degree[a] != 2 or a not in incoming):
            follow(a, b)
    for a, b in sorted(directed_edges):
        if (a, b) in unused:
            follow(a, b)
    return out
