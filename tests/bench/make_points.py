#!/usr/bin/env python3
"""make_points.py N > points.csv: N made-up incidents for the benchmarks, the same on every run.

200 gaussian clusters (σ 0.05 to 0.6 degrees) and 10 % spread evenly over longitudes -17.5 to 24 and latitudes 4 to 27;
columns lon,lat,date,weight with five decimals.
"""
import random
import sys

WEST, SOUTH, EAST, NORTH = -17.5, 4.0, 24.0, 27.0


def main() -> None:
    count = int(sys.argv[1])
    r = random.Random(20250701)
    clusters = [(r.uniform(WEST, EAST), r.uniform(SOUTH, NORTH), r.uniform(0.05, 0.6)) for _ in range(200)]
    out = sys.stdout
    out.write("lon,lat,date,weight\n")
    for i in range(count):
        lon, lat = WEST - 1, 0.0
        while not (WEST <= lon <= EAST and SOUTH <= lat <= NORTH):
            if r.random() < 0.1:
                lon, lat = r.uniform(WEST, EAST), r.uniform(SOUTH, NORTH)
            else:
                x, y, sigma = clusters[r.randrange(200)]
                lon, lat = r.gauss(x, sigma), r.gauss(y, sigma)
        out.write(f"{lon:.5f},{lat:.5f},2025-{i % 12 + 1:02d}-{i % 28 + 1:02d},1\n")


if __name__ == "__main__":
    main()
