// The exported site under test: the folder named by HARMATTAN_SITE. Without it the tests of the page say so and skip.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium_path, from_web } from './browser.mjs';

export const folder = process.env.HARMATTAN_SITE;

/** Options of a test that needs a site, or a site and a browser. */
export const needs_site = folder ? {} : { skip: 'HARMATTAN_SITE names no exported site' };
export const needs_browser = !folder ? needs_site : chromium_path ? {} : { skip: 'no Chromium: set CHROMIUM or install it' };

export const readSiteFile = (path) => readFileSync(join(folder, path));
export const readSiteJson = (path) => JSON.parse(readSiteFile(path));

/** An archive of the site, read from memory with the npm package. */
export function openArchive(path) {
  const { PMTiles } = from_web('pmtiles');
  const file = readSiteFile(path);
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  return new PMTiles({ getKey: () => path, getBytes: async (offset, length) => ({ data: bytes.slice(offset, offset + length) }) });
}

/** An `answer` for serve(): the tiles of archives as `NAME/z/x/y.png`, 204 where an archive has none.
    `archives` maps NAME to a path of the site. */
export function tilesAt(archives) {
  const opened = new Map(Object.entries(archives).map(([name, path]) => [name, openArchive(path)]));
  return async (path) => {
    const [, name, z, x, y] = /^(.+)\/(\d+)\/(\d+)\/(\d+)\.png$/.exec(path) ?? [];
    if (!opened.has(name)) return undefined;
    const tile = await opened.get(name).getZxy(Number(z), Number(x), Number(y));
    return tile ? { body: Buffer.from(tile.data), type: 'image/png' } : { status: 204 };
  };
}

/** `site.json` with some keys changed, as a body for the test server. */
export const siteWith = (changes) => JSON.stringify({ ...readSiteJson('site.json'), ...changes });

/** A point well inside the polygon with the largest ring: of a 40 × 40 grid the one farthest from the ring's vertices. */
export function pointInside(geometry) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.reduce((best, polygon) => (extentArea(polygon[0]) > extentArea(best[0]) ? polygon : best));
  const [west, south, east, north] = extent(rings[0]);
  let best, farthest = 0;
  for (let i = 0.5; i < 40; i++) {
    for (let j = 0.5; j < 40; j++) {
      const point = [west + ((east - west) * i) / 40, south + ((north - south) * j) / 40];
      if (!rings.every((ring, r) => isInside(point, ring) === (r === 0))) continue;
      const room = Math.min(...rings.flat().map(([x, y]) => Math.hypot(x - point[0], y - point[1])));
      if (room > farthest) [best, farthest] = [point, room];
    }
  }
  return best;
}

function isInside([x, y], ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i], [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < xi + ((xj - xi) * (y - yi)) / (yj - yi)) inside = !inside;
  }
  return inside;
}

function extent(ring) {
  const xs = ring.map(([x]) => x), ys = ring.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function extentArea(ring) {
  const [west, south, east, north] = extent(ring);
  return (east - west) * (north - south);
}
