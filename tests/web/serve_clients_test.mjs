// Pages of other people with MapLibre GL JS, Leaflet and OpenLayers, on another origin, that show what `harmattan serve` serves:
// pixel by pixel the tiles that it sends, and nothing asked of anybody else.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium_path, launch, open, web } from './support/browser.mjs';
import { decodePng, differing } from './support/png.mjs';
import { needs_program_and_browser, program, startServer } from './support/program.mjs';
import { serve } from './support/server.mjs';
import { folder } from './support/site.mjs';

const archive = (set) => join(folder ?? '', 'tiles', `${set}.pmtiles`);
const paper = [250, 240, 230]; // behind transparent tiles

// Four tiles whole, around a corner of the grid: no client has to scale or move a pixel.
const z = 5, corner = { x: 16, y: 15 };
const lon = (corner.x / 2 ** z) * 360 - 180, lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * corner.y) / 2 ** z))) * 180) / Math.PI;

let browser, pages, server;
before(async () => {
  if (!folder || !program || !chromium_path) return;
  browser = await launch();
  pages = await serve(web, { policy: null, answer: (path) => made.has(path) && { body: made.get(path), type: 'text/html; charset=utf-8' } });
  server = await startServer('--cors', pages.url.replace(/\/$/, ''), archive('base'), archive('heat'));
});
after(async () => {
  await browser?.close();
  await pages?.stop();
  if (server) assert.equal(await server.stop(), 0);
});

const made = new Map(); // pages by path
const html = (head, body) => `<!doctype html><html lang="en"><title>A page with a map</title><link rel="icon" href="data:,">${head}
<style>body { margin: 0 } #map { width: 512px; height: 512px; background: rgb(${paper}) }</style><div id="map"></div><script type="module">
const ready = () => { document.documentElement.dataset.ready = true; };
${body}
</script>`;

const maplibre = (url, set) => html('<link rel="stylesheet" href="node_modules/maplibre-gl/dist/maplibre-gl.css">', `
import * as maplibre from './node_modules/maplibre-gl/dist/maplibre-gl.mjs';
maplibre.setWorkerUrl(new URL('./node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs', location.href).href);
const map = new maplibre.Map({ container: 'map', center: [${lon}, ${lat}], zoom: ${z - 1}, attributionControl: false, renderWorldCopies: false, style: { version: 8,
  sources: { served: { type: 'raster', url: '${url}/${set}.json', tileSize: 256 } },
  layers: [{ id: 'ground', type: 'background', paint: { 'background-color': 'rgb(${paper})' } }, { id: 'served', type: 'raster', source: 'served', paint: { 'raster-fade-duration': 0 } }] } });
map.on('error', () => map.triggerRepaint()); // a source that fails draws no frame, and only a frame tells of idleness
map.once('idle', ready);`);

const leaflet = (url, set) => html('<link rel="stylesheet" href="node_modules/leaflet/dist/leaflet.css"><script src="node_modules/leaflet/dist/leaflet.js"></script>', `
const map = L.map('map', { center: [${lat}, ${lon}], zoom: ${z}, zoomControl: false, attributionControl: false, fadeAnimation: false });
L.tileLayer('${url}/${set}/{z}/{x}/{y}.png', { minZoom: 3, maxZoom: 9 }).on('load', ready).addTo(map);`);

const ol_head = '<link rel="stylesheet" href="node_modules/ol/ol.css"><script src="node_modules/ol/dist/ol.js"></script>';
const ol_map = (layer) => `
const map = new ol.Map({ target: 'map', controls: [], layers: [${layer}], view: new ol.View({ center: ol.proj.fromLonLat([${lon}, ${lat}]), zoom: ${z}, constrainResolution: true }) });
map.once('rendercomplete', ready);`;
const openlayers_tilejson = (url, set) => html(ol_head, ol_map(`new ol.layer.Tile({ source: new ol.source.TileJSON({ url: '${url}/${set}.json', crossOrigin: 'anonymous', transition: 0 }) })`));
const openlayers_wmts = (url, set) => html(ol_head, `
const told = new ol.format.WMTSCapabilities().read(await (await fetch('${url}/wmts/1.0.0/WMTSCapabilities.xml')).text());
const options = ol.source.WMTS.optionsFromCapabilities(told, { layer: '${set}', matrixSet: 'WebMercatorQuad' });
${ol_map("new ol.layer.Tile({ source: new ol.source.WMTS({ ...options, crossOrigin: 'anonymous', transition: 0 }) })")}`);

/** The four tiles as the server sends them, over the page's paper. */
async function wanted(url, set) {
  const whole = { width: 512, height: 512, pixels: Buffer.alloc(512 * 512 * 4, 255) };
  for (const [column, row] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
    const answer = await fetch(`${url}/${set}/${z}/${corner.x - 1 + column}/${corner.y - 1 + row}.png`);
    assert.equal(answer.status, 200);
    const tile = decodePng(Buffer.from(await answer.arrayBuffer()));
    assert.equal(tile.width, 256);
    for (let i = 0; i < 256 * 256; i++) {
      const to = 4 * ((row * 256 + Math.floor(i / 256)) * 512 + column * 256 + (i % 256)), alpha = tile.pixels[4 * i + 3] / 255;
      for (let c = 0; c < 3; c++) whole.pixels[to + c] = Math.round(alpha * tile.pixels[4 * i + c] + (1 - alpha) * paper[c]);
    }
  }
  return whole;
}

/** Opens a page and gives the picture of its map, and the page once `comes(page)` holds. */
async function shown(body, about, comes = () => true) {
  const path = `${about.replace(/\W+/g, '-')}.html`;
  made.set(path, body);
  const page = await open(browser, pages.url + path, { viewport: { width: 600, height: 560 } });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  const picture = decodePng(await page.locator('#map').screenshot());
  for (let i = 0; i < 300 && !comes(page); i++) await page.waitForTimeout(100); // the browser tells in its own time what it has refused
  assert.ok(comes(page), page.problems.join('\n'));
  await page.close();
  return { picture, page };
}

for (const [name, make] of Object.entries({ 'MapLibre GL JS': maplibre, Leaflet: leaflet, 'OpenLayers by TileJSON': openlayers_tilejson, 'OpenLayers by WMTS': openlayers_wmts })) {
  for (const set of ['base', 'heat']) {
    test(`${name} paints ${set} as it is served`, needs_program_and_browser, async (t) => {
      const { picture, page } = await shown(make(server.url, set), `${name} ${set}`);
      const off = differing(await wanted(server.url, set), picture, 4);
      t.diagnostic(`${off} of ${512 * 512} pixels differ by more than 4`);
      assert.ok(off < 0.0005 * 512 * 512, `${off} pixels`);
      assert.deepEqual(page.problems, []);
      assert.ok(page.foreign.length >= 4);
      for (const address of page.foreign) assert.ok(address.startsWith(`${server.url}/`), address);
    });
  }
}

test('the comparison does see another map', needs_program_and_browser, async () => {
  const { picture } = await shown(leaflet(server.url, 'heat'), 'another map');
  assert.ok(differing(await wanted(server.url, 'base'), picture, 4) > 10_000);
});

test('without --cors only pages that read no pixel show tiles', needs_program_and_browser, async () => {
  const closed = await startServer(archive('base'));
  try {
    const { picture, page } = await shown(leaflet(closed.url, 'base'), 'Leaflet closed');
    assert.deepEqual(page.problems, []);
    assert.ok(differing(await wanted(closed.url, 'base'), picture, 4) < 100);
    const refused = await shown(maplibre(closed.url, 'base'), 'MapLibre closed', (page) => page.problems.some((words) => /CORS/.test(words)));
    assert.ok(differing(await wanted(closed.url, 'base'), refused.picture, 4) > 10_000);
  } finally {
    await closed.stop();
  }
});
