#!/usr/bin/env python3
"""Makes data/region/surroundings.fgb: the world's land outside the region's frame, coarse, so that low zooms show no false coast.

    script/data/make_surroundings.py FOLDER        (FOLDER: what fetch_sources.sh unpacked; after make_admin.py and make_water.py)

Near the frame Natural Earth's land at 1:50 million, simplified; farther away 1:110 million; of lakes only those at the edge have land under them. The land
reaches a little under the countries, so that neither a seam nor the cut edge's outline is seen.
"""
import pathlib
import subprocess
import sys
import tempfile

import region_io as io

NEAR = 15.0                # degrees around the frame that are drawn from the finer source
TOLERANCE = 0.07           # degrees: less than 2 pixels at zoom 5
LEAST_KM2 = 250            # islets and ponds are left out
OVERLAP = 0.25             # degrees
LAKE_MARGIN = 0.1          # degrees: lakes of the region that leave its frame are drawn by themselves, so here is land under them
WORLD = (-180.0, -85.0, 180.0, 85.0)


def box(west, south, east, north):
    return f"BuildMbr({west}, {south}, {east}, {north}, 4326)"


def layer(name, path):
    return (f"<OGRVRTLayer name='{name}'><SrcDataSource>{path}</SrcDataSource><SrcLayer>{pathlib.Path(path).stem}</SrcLayer>"
            "<LayerSRS>EPSG:4326</LayerSRS></OGRVRTLayer>")


def main(folder):
    west, south, east, north = io.FRAME
    frame, near = box(*io.FRAME), box(west - NEAR, south - NEAR, east + NEAR, north + NEAR)
    inner = box(west + OVERLAP, south + OVERLAP, east - OVERLAP, north - OVERLAP)
    sql = f"""
        WITH fine AS (SELECT ST_Union(ST_SimplifyPreserveTopology(geometry, {TOLERANCE})) AS g FROM fine_land),
             coarse AS (SELECT ST_Union(ST_Buffer(geometry, 0)) AS g FROM coarse_land),
             drawn AS (SELECT ST_Union(ST_Buffer(geometry, {LAKE_MARGIN})) AS g FROM lakes WHERE NOT ST_Within(geometry, {frame})),
             under AS (SELECT ST_Union(geometry) AS g FROM countries),
             land AS (SELECT ST_Union(ST_Difference(ST_Intersection(fine.g, {near}), {frame}),
                                      ST_Difference(ST_Intersection(coarse.g, {box(*WORLD)}), {near})) AS g FROM fine, coarse)
        SELECT ST_Union(land.g, ST_Difference(ST_Union(drawn.g, under.g), {inner})) AS geometry FROM land, drawn, under"""
    with tempfile.TemporaryDirectory() as temporary:
        sources = pathlib.Path(temporary) / "sources.vrt"
        sources.write_text("<OGRVRTDataSource>" + layer("fine_land", f"{folder}/{io.MAGICS_50M}ne_50m_land.shp")
                           + layer("coarse_land", f"{folder}/{io.MAGICS_110M}ne_110m_land.shp")
                           + layer("lakes", str(io.DATA / "region/lakes.fgb"))
                           + layer("countries", str(io.DATA / "region/countries.fgb")) + "</OGRVRTDataSource>")
        [feature] = io.read_features(["-dialect", "sqlite", "-sql", sql, str(sources)])
    rings = [[ring for ring in polygon if io.area_km2([[ring]]) > LEAST_KM2] for polygon in io.parts(feature["geometry"], "Polygon")]
    polygons = [polygon for polygon in rings if polygon]
    polygons.sort(key=lambda polygon: (-io.area_km2([polygon]), polygon[0]))
    io.write_flatgeobuf("region/surroundings.fgb", [({"id": i}, {"type": "Polygon", "coordinates": polygon})
                                                    for i, polygon in enumerate(polygons)], "POLYGON")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
