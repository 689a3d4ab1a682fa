// The site's archives as another program reads them: the npm package pmtiles, from memory, by byte ranges.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from_web } from './support/browser.mjs';
import { decodePng } from './support/png.mjs';
import { needs_site, openArchive, readSiteJson } from './support/site.mjs';

const { TileType, zxyToTileId, tileIdToZxy } = from_web('pmtiles');

/** Every address inside the archive's bounds and zooms, in the archive's order. */
function* addressesIn({ minZoom, maxZoom, minLon, minLat, maxLon, maxLat }) {
  for (let z = minZoom; z <= maxZoom; z++) {
    const n = 2 ** z;
    const column = (lon) => Math.min(n - 1, Math.max(0, Math.floor(((lon + 180) / 360) * n)));
    const row = (lat) => Math.min(n - 1, Math.max(0, Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * n)));
    for (let x = column(minLon); x <= column(maxLon); x++) for (let y = row(maxLat); y <= row(minLat); y++) yield [z, x, y];
  }
}

test('the package numbers tiles as the specification does', () => {
  assert.equal(zxyToTileId(12, 3423, 1763), 19078479);
  assert.deepEqual(tileIdToZxy(19078479), [12, 3423, 1763]);
});

test('every archive opens and says the zooms and bounds of the site', needs_site, async () => {
  const site = readSiteJson('site.json');
  for (const { id, archive } of site.sets.filter((set) => set.archive)) {
    const header = await openArchive(archive).getHeader();
    assert.equal(header.specVersion, 3, id);
    assert.ok(header.minZoom >= site.min_zoom && header.maxZoom <= site.max_zoom, `${id}: zooms ${header.minZoom} to ${header.maxZoom}`);
    [header.minLon, header.minLat, header.maxLon, header.maxLat].forEach((edge, i) => assert.ok(Math.abs(edge - site.bounds[i]) < 1e-6, `${id}: bounds`));
  }
});

test('tiles are whole pictures of the stated size, and as many as the header counts', needs_site, async (t) => {
  const site = readSiteJson('site.json');
  let width_px = site.tile_px; // where the site does not say, the first picture does
  for (const { id, archive } of site.sets.filter((set) => set.archive)) {
    const opened = openArchive(archive);
    const header = await opened.getHeader();
    let found = 0, decoded = 0;
    for (const [z, x, y] of addressesIn(header)) {
      const tile = await opened.getZxy(z, x, y);
      if (!tile) continue;
      if (header.tileType === TileType.Png && found % 47 === 0) { // every 47th is decoded, each is counted
        const { width, height } = decodePng(Buffer.from(tile.data));
        width_px ??= width;
        assert.deepEqual([width, height], [width_px, width_px], `${id} ${z}/${x}/${y}`);
        decoded++;
      }
      found++;
    }
    t.diagnostic(`${id}: ${found} tiles, ${decoded} decoded`);
    assert.equal(found, header.numAddressedTiles, id);
  }
});

test('each archive tells about itself: legend, sources, method', needs_site, async () => {
  const site = readSiteJson('site.json');
  for (const { id, archive } of site.sets.filter((set) => set.archive)) {
    const metadata = await openArchive(archive).getMetadata();
    assert.ok(metadata.attribution, `${id}: attribution`);
    assert.ok(metadata.harmattan, `${id}: the key harmattan`);
  }
});
