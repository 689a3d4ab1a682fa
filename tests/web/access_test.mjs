// What axe-core finds wrong with the page (names, roles, order, contrast), in every state that a reader brings it into; the order of the
// keyboard; the reader's choice of a light or dark page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { from_web } from './support/browser.mjs';
import { differing } from './support/png.mjs';
import { needs_browser, readSiteJson, siteWith } from './support/site.mjs';
import { english, picture, visit } from './support/visit.mjs';

const axe = readFileSync(from_web.resolve('axe-core/axe.min.js'), 'utf8');
const sample = (name) => readFileSync(new URL(`./samples/${name}`, import.meta.url), 'utf8');

/** The site with everything on it: frames, corridors with profiles, files, a banner. */
function full(changes = {}) {
  const sets = readSiteJson('site.json').sets.map((set) => (set.id === 'heat'
    ? { ...set, frames: ['2025-07', '2025-08'].map((id) => ({ id, archive: set.archive })) } : set));
  return { replace: {
    'site.json': siteWith({ lang: 'en', illustrative: true, sets, corridors: { path: 'derived/sample.geojson', profiles: 'derived/sample.json' }, ...changes }),
    'derived/sample.geojson': sample('corridors.geojson'), 'derived/sample.json': sample('corridor_profiles.json'),
  } };
}

async function faults(page) {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  assert.ok(passes.some(({ id }) => id === 'color-contrast'), 'contrast was measured');
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

test('axe does find a fault', needs_browser, () => visit(full(), async (page) => {
  await page.evaluate(() => document.querySelector('#frame').removeAttribute('aria-label'));
  assert.ok((await faults(page)).some((fault) => fault.startsWith('label')));
}));

for (const theme of ['light', 'dark']) {
  for (const [state, hash] of [['as it opens', ''], ['with a corridor', '#&corridor=C01'], ['with a unit', '#&unit=UNIT']]) {
    test(`axe finds nothing wrong with the ${theme} page ${state}`, needs_browser, () => {
      const unit = readSiteJson(readSiteJson('site.json').units.path).features[0].properties.id;
      return visit({ ...full({ theme }), hash: hash.replace('UNIT', encodeURIComponent(unit)) }, async (page) => assert.deepEqual(await faults(page), []));
    });
  }
  test(`axe finds nothing wrong with the ${theme} page on a phone, unfolded, in French`, needs_browser, () =>
    visit({ ...full({ theme, lang: 'fr' }), viewport: { width: 390, height: 844 } }, async (page) => {
      await page.locator('#panel-name').click();
      assert.deepEqual(await faults(page), []);
    }));
}

test('the keyboard goes map, controls, card, frames, layers, corridors, units, files, page', needs_browser, () => visit({ ...full(), hash: '#&corridor=C01' }, async (page) => {
  const where = () => page.evaluate(() => {
    const at = document.activeElement;
    const part = ['card', 'time', 'legend', 'corridors', 'units', 'files', 'credits'].find((id) => at.closest(`#${id}`));
    return part ?? (at.matches('canvas') ? 'map' : at.closest('.maplibregl-control-container') ? 'controls' : at.tagName);
  });
  const order = [];
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const part = await where();
    if (part === 'BODY') break;
    if (part !== order.at(-1)) order.push(part);
  }
  assert.deepEqual(order.filter((part) => part !== 'DETAILS' && part !== 'SUMMARY'), ['map', 'controls', 'card', 'time', 'legend', 'corridors', 'units', 'files', 'credits']);
}));

test('the reader may have the page dark and the map as it is, and finds it so again', needs_browser, () => visit(english(), async (page) => {
  const scheme = (of) => of.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  const before = await picture(page);
  await page.getByRole('button', { name: 'Dark page' }).click();
  assert.equal(await scheme(page), 'dark');
  await page.mouse.move(10, 10);
  const after = await picture(page);
  assert.ok(differing(before, after) < 0.03 * before.width * before.height, 'buttons and scale only');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.equal(await scheme(page), 'dark');
  await page.getByRole('button', { name: 'Light page' }).click();
  assert.equal(await scheme(page), 'light');
}));
