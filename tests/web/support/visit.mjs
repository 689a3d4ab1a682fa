// One browser for the tests of a file, and pages of the exported site in it. Every page must end with no console error, no
// warning, and no request to another host.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { chromium_path, launch, open } from './browser.mjs';
import { decodePng } from './png.mjs';
import { serve } from './server.mjs';
import { folder, siteWith } from './site.mjs';

export let browser;
before(async () => { if (folder && chromium_path) browser = await launch(); });
after(() => browser?.close());

/** Runs `body(page, server)` on the site with `options` of serve() and open(), and checks that nothing went wrong. */
export async function visit(options, body) {
  const server = await serve(folder, options);
  try {
    const page = await open(browser, server.url + (options.hash ?? ''), options);
    await body(page, server);
    assert.deepEqual(page.foreign, []);
    if (!options.expects_problems) assert.deepEqual(page.problems, []);
    await page.close();
  } finally {
    await server.stop();
  }
}

/** The map's picture once two in a row are the same. */
export async function picture(page) {
  const map = page.locator('#map');
  let last, next = await map.screenshot();
  for (let i = 0; i < 60; i++) {
    await page.waitForTimeout(150);
    [last, next] = [next, await map.screenshot()];
    if (last.equals(next)) return decodePng(next);
  }
  throw new Error('the map does not come to rest');
}

const names = { base: 'Base map', heat: 'Density', corridors: 'Corridors', points: 'Incidents', labels: 'Names', all: 'Map' };
export const nameOf = (set) => set.title ?? names[set.id] ?? set.id;
export const english = (changes = {}) => ({ replace: { 'site.json': siteWith({ lang: 'en', ...changes }) } });

/** WCAG contrast of an element's text with what lies behind it: the nearest background that is opaque. */
export async function contrast(page, selector) {
  const [ink, paper] = await page.locator(selector).first().evaluate((element) => {
    let behind = element;
    while (behind.parentElement && /, 0\)$|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
    const style = getComputedStyle(element);
    return [element instanceof SVGElement ? style.fill : style.color, getComputedStyle(behind).backgroundColor];
  });
  const light = (color) => color.match(/[\d.]+/g).slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const [a, b] = [light(ink), light(paper)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}
