// The viewer at `/` of `harmattan serve`: over archives, over sets with frames, over archives that have nothing to do with each
// other, over a site, and over a map that is drawn while one looks.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium_path, launch, open } from './support/browser.mjs';
import { colors, decodePng, differing } from './support/png.mjs';
import { needs_program_and_browser, program, startServer } from './support/program.mjs';
import { serve, strict_policy } from './support/server.mjs';
import { folder } from './support/site.mjs';
import { picture } from './support/visit.mjs';

const archive = (set) => join(folder ?? '', 'tiles', `${set}.pmtiles`);
let browser;
before(async () => { if (folder && program && chromium_path) browser = await launch(); });
after(() => browser?.close());

/** Runs `body(page, server)` on what `words` serve, and checks that the page asked nobody else and complained of nothing. */
async function visit(words, body, { hash = '', ...options } = {}) {
  const server = await startServer(...words);
  try {
    const page = await open(browser, `${server.url}/${hash}`, options);
    await body(page, server);
    assert.deepEqual(page.foreign, []);
    assert.deepEqual(page.problems, []);
    await page.close();
  } finally {
    assert.equal(await server.stop(), 0, server.log());
  }
}

/** The map's picture once it is at rest and `is(picture)`: a slow machine is at rest before it has begun. */
async function becomes(page, is, about) {
  for (let i = 0; i < 100; i++) {
    const seen = await picture(page);
    if (is(seen)) return seen;
  }
  assert.fail(about);
}

test('archives are shown as the exported site shows them, under the policy of the server', needs_program_and_browser, async () => {
  const here = '#5/14/-3';
  const host = await serve(folder);
  const page = await open(browser, host.url + here);
  const exported = await picture(page);
  await page.close();
  await host.stop();
  await visit(['base', 'heat', 'corridors', 'points', 'labels'].map(archive), async (shown, server) => {
    await becomes(shown, (seen) => differing(exported, seen) === 0, 'the same picture');
    const told = (await shown.request.get(`${server.url}/`)).headers()['content-security-policy'];
    for (const part of strict_policy.split('; ').filter((rule) => !rule.startsWith('frame-ancestors'))) assert.ok(told.includes(part), `${part} in ${told}`);
  }, { hash: here });
});

test('an exported site is served with its units and corridors, its title and its words', needs_program_and_browser, () => visit([folder], async (page) => {
  assert.ok(colors(await picture(page)) > 200);
  await page.locator('#units .rank').first().click();
  assert.match(await page.locator('#card .count').innerText(), /incident/);
  await page.locator('#corridors .rank').first().click();
  assert.ok(await page.locator('.strip-chart rect').count() > 5, 'the profile of a corridor');
}));

test('sets with @ in their names are frames of one set', needs_program_and_browser, () =>
  visit([archive('base'), `heat@2025-07=${archive('heat')}`, `heat@2025-08=${archive('points')}`], async (page) => {
    const slider = page.getByRole('slider', { name: 'Period shown' });
    assert.equal(await slider.getAttribute('aria-valuetext'), 'August 2025', 'the last one');
    assert.equal(await page.getByRole('switch').count(), 2);
    assert.equal(await page.locator('[data-set="heat"] .why').innerText(), 'Seen closer in', 'points begin at zoom 7, density at 3');
    const august = await picture(page);
    await slider.press('ArrowLeft');
    await page.waitForFunction(() => location.hash.includes('frame=2025-07'));
    await becomes(page, (seen) => differing(august, seen) > 500, 'another month');
    assert.equal(await page.locator('[data-set="heat"] .why').innerText(), 'July 2025');
  }));

test('a whole period beside its frames is one set too', needs_program_and_browser, () =>
  visit([archive('base'), archive('heat'), `heat@2025-07=${archive('points')}`], async (page) => {
    assert.equal(await page.getByRole('slider', { name: 'Period shown' }).getAttribute('aria-valuetext'), 'Whole period');
    assert.equal(await page.getByRole('switch').count(), 2);
  }));

test('archives of anybody, of any name, stand side by side', needs_program_and_browser, () =>
  visit([`constructor=${archive('base')}`, `north-2024=${archive('heat')}`, `b_2=${archive('labels')}`], async (page) => {
    for (const name of ['Base map', 'Density', 'Names']) assert.ok(await page.getByRole('switch', { name, exact: true }).isVisible(), name);
    assert.equal(await page.locator('[data-set="north-2024"] .ramp').count(), 1, 'the ramp stands under the set that it colours');
    assert.equal(await page.locator('[data-set="constructor"] .ramp').count(), 0);
    const before = await picture(page);
    for (const knob of await page.getByRole('switch').all()) {
      await knob.click();
      await becomes(page, (seen) => differing(before, seen) > 100, 'a set is switched off');
      await knob.click();
      await becomes(page, (seen) => differing(before, seen) === 0, 'it is on again');
    }
    assert.ok(await page.locator('#credits').innerText().then((text) => /GeoNames/.test(text)));
  }));

test('a map is drawn while one looks', needs_program_and_browser, () =>
  visit([new URL('../../data/demo/map.toml', import.meta.url).pathname], async (page) => {
    assert.ok(colors(await picture(page)) > 200);
    await page.locator('#units .rank').first().click();
    assert.match(await page.locator('#card .count').innerText(), /incident/);
    assert.equal(await page.locator('.why:visible').filter({ hasText: 'could not' }).count(), 0);
  }));

test('on a dense screen a map that is drawn while one looks is drawn finer', needs_program_and_browser, () =>
  visit([new URL('../../data/demo/map.toml', import.meta.url).pathname], async (page) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    const shot = decodePng(await page.locator('#map').screenshot());
    assert.ok(colors(shot) > 200);
    const first = page.waitForRequest(/\/\d+\/\d+\/\d+/, { timeout: 60_000 });
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await first;
    await picture(page);
    const tiles = asked.filter((url) => /\/\d+\/\d+\/\d+/.test(url));
    assert.ok(tiles.length > 0 && tiles.every((url) => url.includes('@2x.png')), tiles[0]);
  }, { deviceScaleFactor: 2, viewport: { width: 390, height: 844 } }));
