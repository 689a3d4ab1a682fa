// What other programs read of a server: archives by byte ranges, through the npm reader, against the tiles at their addresses;
// TileJSON; the capabilities.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { from_web } from './support/browser.mjs';
import { decodePng } from './support/png.mjs';
import { needs_program, program, startServer } from './support/program.mjs';
import { folder, openArchive, readSiteJson } from './support/site.mjs';

const { PMTiles } = from_web('pmtiles');

let server;
before(async () => { if (folder && program) server = await startServer(...['base', 'heat', 'points'].map((set) => join(folder, 'tiles', `${set}.pmtiles`))); });
after(async () => { if (server) assert.equal(await server.stop(), 0); });

/** Addresses of a zoom inside an archive's bounds. */
function* addresses(z, { minLon, minLat, maxLon, maxLat }) {
  const n = 2 ** z;
  const column = (lon) => Math.floor(((lon + 180) / 360) * n);
  const row = (lat) => Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * n);
  for (let x = column(minLon); x <= column(maxLon); x++) for (let y = row(maxLat); y <= row(minLat); y++) yield [z, x, y];
}

for (const set of ['base', 'heat', 'points']) {
  test(`the npm reader takes ${set} by ranges, and every tile is the one at its address`, needs_program, async (t) => {
    const archive = new PMTiles(`${server.url}/${set}.pmtiles`);
    const header = await archive.getHeader();
    assert.deepEqual(header, { ...await openArchive(`tiles/${set}.pmtiles`).getHeader(), etag: header.etag });
    let full = 0, empty = 0;
    for (let z = header.minZoom; z <= Math.min(header.maxZoom, 7); z++) {
      for (const [, x, y] of addresses(z, header)) {
        const tile = await archive.getZxy(z, x, y);
        const answer = await fetch(`${server.url}/${set}/${z}/${x}/${y}.png`);
        const body = Buffer.from(await answer.arrayBuffer());
        if (tile) {
          assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/png']);
          assert.ok(body.equals(Buffer.from(tile.data)), `${z}/${x}/${y}`);
          if (full++ % 40 === 0) assert.equal(decodePng(body).width, readSiteJson('site.json').tile_px);
        } else {
          assert.deepEqual([answer.status, body.length], [204, 0], `${z}/${x}/${y}`);
          empty++;
        }
      }
    }
    t.diagnostic(`${full} tiles, ${empty} empty`);
    assert.ok(full > 0);
  });
}

test('outside bounds and zooms there is no tile', needs_program, async () => {
  for (const path of ['base/5/0/0.png', 'base/1/0/0.png', 'base/12/2048/1900.png', 'nothing/5/15/14.png', 'base/5/15/99.png']) {
    assert.equal((await fetch(`${server.url}/${path}`)).status, 404, path);
  }
});

test('TileJSON says what the archive says, with an address that answers', needs_program, async () => {
  for (const set of ['base', 'heat', 'points']) {
    const header = await openArchive(`tiles/${set}.pmtiles`).getHeader();
    const told = await (await fetch(`${server.url}/${set}.json`)).json();
    assert.equal(told.tilejson, '3.0.0');
    assert.deepEqual([told.minzoom, told.maxzoom], [header.minZoom, header.maxZoom]);
    [header.minLon, header.minLat, header.maxLon, header.maxLat].forEach((edge, i) => assert.ok(Math.abs(edge - told.bounds[i]) < 1e-6));
    for (const credit of readSiteJson('site.json').attribution) assert.ok(told.attribution.includes(credit), credit);
    const [z, x, y] = [...addresses(header.maxZoom, header)][0];
    const address = told.tiles[0].replace('{z}', z).replace('{x}', x).replace('{y}', y);
    assert.ok(address.startsWith(server.url), address);
    assert.ok([200, 204].includes((await fetch(address)).status), address);
  }
});
