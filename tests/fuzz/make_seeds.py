#!/usr/bin/env python3
"""Writes corpus/ anew: what is well formed and what is nearly so, by the specifications and not by our own writers."""

import pathlib
import shutil
import sqlite3
import struct
import tempfile
import zlib

CORPUS = pathlib.Path(__file__).parent / "corpus"


def write(target, seeds):
    folder = CORPUS / target
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in seeds.items():
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


def numbered(texts):
    return {f"{i:02}": text for i, text in enumerate(texts)}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
       + chunk(b"IDAT", zlib.compress(b"\0\x10\x20\0\x30\x40")) + chunk(b"IEND", b""))
WEBP_FRAME = b"VP8L" + struct.pack("<I", 10) + b"\x2f\x01\x40\0\0\x07\x10\x11\0\0"
WEBP = b"RIFF" + struct.pack("<I", 4 + len(WEBP_FRAME)) + b"WEBP" + WEBP_FRAME
JPEG = (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + b"\xff\xc0\0\x0b\x08\0\2\0\2\1\1\x11\0"
        + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\x7f\xa0\xff\0\x12" + b"\xff\xd9")


def varint(n):
    out = b""
    while n >= 0x80:
        out, n = out + bytes([n & 0x7F | 0x80]), n >> 7
    return out + bytes([n])


def directory(entries):
    """entries: (number, offset, length, run)"""
    out, last = varint(len(entries)), 0
    for number, *_ in entries:
        out, last = out + varint(number - last), number
    out += b"".join(varint(run) for *_, run in entries)
    out += b"".join(varint(length) for _, _, length, _ in entries)
    return out + b"".join(varint(offset + 1) for _, offset, _, _ in entries)


def gzip(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def pmtiles_header(root, metadata, leaves, tiles, compression, tile_type=2, zooms=(0, 2)):
    at = 127
    sections = []
    for length in (root, metadata, leaves, tiles):
        sections += [at, length]
        at += length
    return (b"PMTiles\3" + struct.pack("<8Q", *sections) + struct.pack("<3Q", 4, 3, 2)
            + bytes([1, compression, 1, tile_type, *zooms]) + struct.pack("<4i", -1760000000, 81000000, 161000000, 251000000)
            + bytes([1]) + struct.pack("<2i", -7500000, 167000000))


def pmtiles(pack, compression):
    tiles = PNG + WEBP
    flat = [(0, 0, len(PNG), 1), (5, len(PNG), len(WEBP), 2), (9, 0, len(PNG), 1)]
    leaf = pack(directory(flat[1:]))
    metadata = pack(b'{"name":"seed","attribution":"nobody"}')
    seeds = {}
    for name, root, leaves in (("flat", flat, b""), ("leaves", [flat[0], (5, 0, len(leaf), 0)], leaf)):
        root = pack(directory(root))
        seeds[name] = (pmtiles_header(len(root), len(metadata), len(leaves), len(tiles), compression)
                       + root + metadata + leaves + tiles)
    return seeds


def mbtiles(*statements):
    with tempfile.NamedTemporaryFile(suffix=".mbtiles") as file:
        db = sqlite3.connect(file.name)
        db.execute("PRAGMA page_size=512")
        for statement in statements:
            db.execute(*statement) if isinstance(statement, tuple) else db.executescript(statement)
        db.commit()
        db.close()
        return pathlib.Path(file.name).read_bytes()


METADATA_ROWS = ("name=seed\nformat=png\nbounds=-17.6,8.1,16.1,25.1\ncenter=-0.75,16.7,2\nminzoom=0\nmaxzoom=2\n"
                 'attribution=nobody\nharmattan={"archive":{"version":"1.0.0"}}')
TILES = [(0, 0, 0, PNG), (1, 0, 1, WEBP), (1, 1, 0, PNG), (2, 3, 3, PNG * 9)]
CREATE_METADATA = "CREATE TABLE metadata (name TEXT, value TEXT)"
INSERT_METADATA = [("INSERT INTO metadata VALUES (?, ?)", tuple(line.split("=", 1))) for line in METADATA_ROWS.split("\n")]

TILE_PATHS = [
    "/heat/0/0/0.png", "/heat/9/255/247@2x.png", "/heat@2025-07/3/7/7.webp", "/a/26/67108863/67108863.pbf",
    "/wmts/1.0.0/heat/default/WebMercatorQuad/9/247/255.png", "/collections/heat/map/tiles/WebMercatorQuad/9/247/255",
    "/wmts/1.0.0/heat/default/WebMercatorQuad512/9/247/255.png", "/collections/heat/map/tiles/WebMercatorQuad512/9/247/255",
    "/heat/01/0/0.png", "/heat/4294967297/0/0.png", "/heat%2f0/0/0.png", "/../heat/0/0/0.png", "/heat/tilejson.json"]
FIELDS = [
    "bytes=0-0", "bytes=500-999", "bytes=-5", "bytes=7-", "bytes=0-18446744073709551616", "bytes=0-0,2-3", "bytes=, 1-2 ,",
    '"06b0"', 'W/"06b0"', '"a", "06b0"', "*", 'W/"a,b" , "06b0"', "Sat, 29 Oct 1994 19:43:31 GMT",
    "gzip, deflate, br", "gzip;q=0.5, identity;q=0.001, *;q=0", "text/html,application/json;q=0.9,*/*;q=0.8",
    "application/json", "localhost:8080", "127.0.0.1", "[::1]:80", "maps.example.org:443"]


def main():
    write("tile_path", numbered(TILE_PATHS))
    write("request_fields", numbered(struct.pack("<Q", size) + field.encode()
                                     for field in FIELDS for size in ((1000,) if "bytes" not in field else (0, 1000))))
    write("whole_image", {"png": PNG, "webp": WEBP, "jpeg": JPEG,
                          "vp8x": b"RIFF" + struct.pack("<I", 22 + len(WEBP_FRAME)) + b"WEBPVP8X" + struct.pack("<I", 10)
                          + bytes(10) + WEBP_FRAME})
    write("gunzip", {"empty": gzip(b""), "text": gzip(b"harmattan " * 9), "zeros": gzip(bytes(3 << 20)),
                     "named": b"\x1f\x8b\x08\x08\0\0\0\0\0\3name\0" + gzip(b"x")[10:], "twice": gzip(b"a") + gzip(b"b")})
    entries = [(0, 0, 9, 1), (5, 9, 9, 300), (1 << 40, 0, 20, 1)]
    write("pmtiles_directory", {"entries": directory(entries), "one": directory(entries[:1]),
                                "follows": b"\2\0\1\1\1\5\6\1\0", "large": b"\1" + varint(2**64 - 1) + b"\1\1\1",
                                "header": pmtiles_header(20, 30, 0, 99, 2)})
    write("pmtiles", {f"{name}-{kind}": data for kind, pack, code in (("plain", bytes, 1), ("gzip", gzip, 2))
                      for name, data in pmtiles(pack, code).items()})
    write("mbtiles", {
        "table": mbtiles(CREATE_METADATA, *INSERT_METADATA,
                         "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)",
                         *[("INSERT INTO tiles VALUES (?, ?, ?, ?)", tile) for tile in TILES],
                         "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)"),
        "view": mbtiles(CREATE_METADATA, *INSERT_METADATA, "CREATE TABLE map (z, x, y, id); CREATE TABLE images (id, data)",
                        *[("INSERT INTO map VALUES (?, ?, ?, ?)", (*tile[:3], i)) for i, tile in enumerate(TILES)],
                        *[("INSERT INTO images VALUES (?, ?)", (i, tile[3])) for i, tile in enumerate(TILES)],
                        "CREATE VIEW tiles AS SELECT z AS zoom_level, x AS tile_column, y AS tile_row, data AS tile_data "
                        "FROM map JOIN images USING (id)"),
        "join": mbtiles("CREATE VIEW tiles AS SELECT a.rootpage AS zoom_level, 0 AS tile_column, 0 AS tile_row, '' AS tile_data "
                        "FROM sqlite_master a, sqlite_master b, sqlite_master c", CREATE_METADATA)})
    write("mbtiles_metadata", {"rows": METADATA_ROWS, "zoom": "minzoom=27", "nan": "bounds=nan,1,2,3\nmaxzoom=inf",
                               "none": "", "harmattan": "harmattan=[" + "[" * 99})
    archive = ('{"name":"a","description":"","attribution":"","type":"overlay","harmattan":{"archive":{"format":"png","tile_px":256,'
               '"version":"1.0.0","tiles":3,"min_zoom":0,"max_zoom":2,"bounds_e7":[-1,-1,1,1],"centre_e7":[0,0],"centre_zoom":1,'
               '"digest":"06b05ab6733a618578af5f94892f3950"}}}')
    write("metadata", {"ours": archive, "theirs": '{"name":"theirs","vector_layers":[]}', "float": archive.replace("256", "1e300"),
                       "deep": "[" * 500, "list": "[1]"})


main()
