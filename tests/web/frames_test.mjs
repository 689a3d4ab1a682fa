// Frames: one bar for all sets, by mouse and by key; the next picture is there before it is shown; the address keeps it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unionOf } from '../../web/viewer/frames.js';
import { open } from './support/browser.mjs';
import { decodePng, differing } from './support/png.mjs';
import { needs_browser, siteWith, tilesAt } from './support/site.mjs';
import { browser, picture, visit } from './support/visit.mjs';

const ids = (lists) => unionOf(lists.map((list) => list.map((id) => ({ id })))).map(({ id }) => id).join(' ');

test('frames of several sets are one list in order', () => {
  assert.equal(ids([['2025-07', '2025-09'], ['2025-06', '2025-08', '2025-09']]), '2025-06 2025-07 2025-08 2025-09');
  assert.equal(ids([['dry', 'wet', 'cold'], ['rain', 'wet', 'end']]), 'dry rain wet cold end');
  assert.equal(ids([['a']]), 'a');
  assert.equal(unionOf([[{ id: '2025-07' }]])[0].label, 'July 2025');
  assert.deepEqual(unionOf([[{ id: 'x' }], [{ id: 'x', label: 'X' }], [{ id: 'y', label: 'Y' }]]), [{ id: 'x', label: 'x' }, { id: 'y', label: 'Y' }]);
});

/** The site with other sets' archives as frames of the density: three pictures that nobody mistakes for each other. */
const months = [['2025-07', 'July 2025', 'points'], ['2025-08', 'August 2025', 'corridors'], ['2025-09', 'September 2025', 'labels']];
function framed({ whole = true, lang = 'en' } = {}) {
  const frames = months.map(([id, label]) => ({ id, label, tiles: `heat@${id}/{z}/{x}/{y}.png` }));
  const sets = [{ id: 'base', archive: 'tiles/base.pmtiles' }, { id: 'heat', ...(whole ? { archive: 'tiles/heat.pmtiles' } : {}), frames },
    { id: 'points', ...(whole ? { archive: 'tiles/points.pmtiles' } : {}), frames: frames.slice(1, 2) }];
  return { replace: { 'site.json': siteWith({ lang, sets }) }, answer: tilesAt(Object.fromEntries(months.map(([id, , set]) => [`heat@${id}`, `tiles/${set}.pmtiles`]))) };
}
const slider = (page) => page.getByRole('slider', { name: 'Period shown' });
const said = (page) => slider(page).getAttribute('aria-valuetext');
const seen = (page) => page.waitForFunction(() => !document.querySelector('#time').classList.contains('waiting'));

test('a site without frames has no bar', needs_browser, () => visit({}, async (page) => assert.ok(await page.locator('#time').isHidden())));

test('the bar turns all sets with frames, and leaves legend and other sets alone', needs_browser, () => visit(framed(), async (page, server) => {
  const legend = await page.locator('#legend .strip, #legend .scale').allInnerTexts();
  const whole = await picture(page);
  assert.equal(await said(page), 'Whole period');
  assert.ok(!page.url().includes('frame='));
  await page.getByRole('button', { name: 'Next period' }).click();
  await seen(page);
  const july = await picture(page);
  assert.equal(await said(page), 'July 2025');
  assert.equal(await page.locator('#said').textContent(), 'July 2025');
  assert.ok(differing(whole, july) > 500);
  assert.equal(await page.locator('[data-set="heat"] .why').innerText(), 'July 2025');
  assert.equal(await page.locator('[data-set="points"] .why').innerText(), 'Has nothing for July 2025');
  assert.match(page.url(), /&frame=2025-07/);
  assert.deepEqual(await page.locator('#legend .strip, #legend .scale').allInnerTexts(), legend);
  while (!server.asked.some(({ path }) => path.startsWith('heat@2025-08/'))) await page.waitForTimeout(20); // the next one is fetched
  assert.ok(!server.asked.some(({ path }) => path.startsWith('heat@2025-09/')), 'and not the one after it');

  await slider(page).press('End');
  await seen(page);
  assert.equal(await said(page), 'September 2025');
  await page.getByRole('button', { name: 'Next period' }).press('Enter'); // there is none, and the focus stays
  assert.equal(await page.evaluate(() => document.activeElement.title), 'Next period');
  assert.equal(await said(page), 'September 2025');
  await slider(page).press('Home');
  await seen(page);
  await page.mouse.move(10, 10);
  assert.equal(differing(whole, await picture(page)), 0, 'back where it began');
}));

test('no frame flashes: what is seen is the old picture or the new one whole', needs_browser, async () => {
  const options = framed({ whole: false });
  const quick = options.answer;
  let release, held;
  options.answer = async (path) => {
    if (path.startsWith('heat@')) await held;
    return quick(path);
  };
  await visit({ ...options, hash: '#4/14/-3&frame=2025-07' }, async (page) => {
    const july = await picture(page);
    held = new Promise((done) => { release = done; });
    await Promise.all([page.waitForRequest(/heat@2025-09/), slider(page).press('End')]);
    assert.equal(differing(july, decodePng(await page.locator('#map').screenshot())), 0);
    release();
    await seen(page);
    const september = await picture(page);
    assert.ok(differing(july, september) > 500);
  });
});

test('the address brings a frame back; without a whole period the last is the beginning', needs_browser, () => visit({ ...framed({ whole: false }), hash: '#4/14/-3' }, async (page) => {
  assert.equal(await said(page), 'September 2025');
  await slider(page).press('ArrowLeft');
  await seen(page);
  const august = await picture(page);
  const again = await open(browser, page.url());
  assert.equal(await said(again), 'August 2025');
  assert.ok(differing(august, await picture(again), 96) < 0.01 * august.width * august.height);
  assert.deepEqual(again.problems, []);
  await again.goto(again.url().replace('2025-08', '2031-01'));
  await again.waitForFunction(() => document.querySelector('#frame').getAttribute('aria-valuetext') === 'September 2025');
  await again.close();
}));

test('play goes to the last frame, says where it stops, and can be paused', needs_browser, () => visit(framed(), async (page) => {
  await page.getByRole('button', { name: 'Play' }).click();
  const silence = await page.evaluate(() => new Promise((done) => { // in the page, which plays on
    const frame = document.querySelector('#frame'), said = document.querySelector('#said');
    const look = () => {
      if (frame.value !== '1') return;
      watch.disconnect();
      done(said.textContent);
      document.querySelector('button[aria-label="Pause"]').click();
    };
    const watch = new MutationObserver(look);
    watch.observe(frame, { attributes: true });
    look();
  }));
  assert.equal(silence, '', 'silent while it plays');
  const at = await said(page);
  assert.equal(await page.locator('#said').textContent(), at);
  await page.waitForTimeout(1600);
  assert.equal(await said(page), at, 'it stays');
  await page.getByRole('button', { name: 'Play' }).click();
  await page.waitForFunction(() => document.querySelector('#frame').value === '3');
  await page.getByRole('button', { name: 'Play' }).waitFor();
  assert.equal(await page.locator('#said').textContent(), 'September 2025');
}));

test('who asked for little motion gets slow steps', needs_browser, () => visit({ ...framed(), reducedMotion: 'reduce' }, async (page) => {
  const ms = await page.evaluate(() => new Promise((done) => {
    const frame = document.querySelector('#frame'), began = performance.now();
    new MutationObserver(() => frame.value === '1' && done(performance.now() - began)).observe(frame, { attributes: true });
    document.querySelector('button[aria-label="Play"]').click();
  }));
  assert.ok(ms > 2000, `${ms} ms`);
}));

test('a frame that cannot be read is told of, and the others turn', needs_browser, async () => {
  const options = framed({ whole: false });
  const quick = options.answer;
  options.answer = (path) => (path.startsWith('heat@2025-08') ? { status: 500 } : quick(path));
  await visit({ ...options, hash: '#4/14/-3&frame=2025-07', expects_problems: true }, async (page) => {
    await slider(page).press('ArrowRight');
    await seen(page);
    assert.match(await page.locator('[data-set="heat"] .why').innerText(), /could not be loaded/);
    const broken = await picture(page);
    await slider(page).press('ArrowRight');
    await seen(page);
    assert.ok(differing(broken, await picture(page)) > 500);
  });
});

test('a set whose first frame is no archive comes back with the next', needs_browser, async () => {
  const frames = ['2025-07', '2025-08'].map((id, i) => ({ id, archive: i ? 'tiles/heat.pmtiles' : 'tiles/none.pmtiles' }));
  const sets = [{ id: 'base', archive: 'tiles/base.pmtiles' }, { id: 'heat', frames }];
  await visit({ replace: { 'site.json': siteWith({ lang: 'en', sets }) }, hash: '#4/14/-3&frame=2025-07', expects_problems: true }, async (page) => {
    assert.match(await page.locator('[data-set="heat"] .why').innerText(), /could not be loaded/);
    const without = await picture(page);
    await slider(page).press('ArrowRight');
    await seen(page);
    assert.ok(differing(without, await picture(page)) > 500);
    assert.equal(await page.locator('[data-set="heat"] .why').innerText(), 'August 2025');
  });
});

test('the bar speaks French', needs_browser, () => visit(framed({ lang: 'fr' }), async (page) => {
  assert.equal(await page.getByRole('slider', { name: 'Période montrée' }).getAttribute('aria-valuetext'), 'Toute la période');
  for (const name of ['Lire', 'Période précédente', 'Période suivante']) assert.ok(await page.getByRole('button', { name }).isVisible(), name);
}));
