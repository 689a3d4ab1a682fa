// Sets as a server names them: by address, each with its own zooms and bounds, with any name, some of them broken.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colors, differing } from './support/png.mjs';
import { needs_browser, openArchive, readSiteJson, siteWith, tilesAt } from './support/site.mjs';
import { browser, english, nameOf, picture, visit } from './support/visit.mjs';
import { open } from './support/browser.mjs';

/** Options that show the site's archives as tiles at addresses; `sets(those)` may change the list. */
function served(sets = (list) => list, changes = {}) {
  const archives = Object.fromEntries(readSiteJson('site.json').sets.map(({ id, archive }) => [id, archive]));
  const list = Object.keys(archives).map((id) => ({ id, tiles: `${id}/{z}/{x}/{y}.png` }));
  return { replace: { 'site.json': siteWith({ lang: 'en', sets: sets(list), ...changes }) }, answer: tilesAt(archives) };
}

test('tiles at addresses make the same picture as the archives, and 204 is an empty tile', needs_browser, async () => {
  let wanted, asked;
  await visit(english(), async (page) => { wanted = await picture(page); });
  await visit(served(), async (page, server) => {
    assert.equal(differing(wanted, await picture(page)), 0);
    asked = server.asked.map(({ path }) => path);
    assert.equal(await page.locator('.why:visible').filter({ hasText: 'could not' }).count(), 0);
  });
  const empty = await Promise.all(asked.filter((path) => path.startsWith('points/')).map(async (path) => {
    const [z, x, y] = path.match(/\d+/g).map(Number);
    return (await openArchive('tiles/points.pmtiles').getZxy(z, x, y)) === undefined;
  }));
  assert.ok(empty.some(Boolean), 'the map asked for a tile that is empty');
});

test('a set has its own zooms and bounds, and says when it is seen only closer in', needs_browser, () => {
  const bounds = [-6, 11, 3, 16];
  return visit(served((list) => list.map((set) => (set.id === 'heat' ? { ...set, bounds, min_zoom: 6, max_zoom: 7 } : set))), async (page, server) => {
    const why = page.locator('[data-set="heat"] .why');
    assert.equal(await why.innerText(), 'Seen closer in');
    assert.equal(server.asked.filter(({ path }) => path.startsWith('heat/')).length, 0);
    await page.getByRole('button', { name: 'Show where Density is' }).click();
    await picture(page);
    assert.ok(await why.isHidden());
    const zooms = server.asked.filter(({ path }) => path.startsWith('heat/')).map(({ path }) => Number(path.split('/')[1]));
    assert.ok(zooms.length > 0 && zooms.every((z) => z >= 6 && z <= 7), String(zooms));
  });
});

test('dense screens ask for the dense tiles, others do not', needs_browser, async () => {
  const both = (list) => list.map((set) => (set.id === 'heat' ? { ...set, tiles_2x: 'dense/{z}/{x}/{y}@2x.png' } : set));
  for (const deviceScaleFactor of [1, 2]) {
    const options = served(both);
    const plain = options.answer;
    options.answer = (path) => plain(path.startsWith('dense/') ? path.replace('dense/', 'heat/').replace('@2x', '') : path);
    await visit({ ...options, deviceScaleFactor }, async (page, server) => {
      assert.ok(colors(await picture(page)) > 200);
      const asked = (name) => server.asked.some(({ path }) => path.startsWith(name));
      assert.deepEqual([asked('heat/'), asked('dense/')], [deviceScaleFactor === 1, deviceScaleFactor === 2]);
    });
  }
});

test('sets of any name have a row, a switch, and their place in the address', needs_browser, async () => {
  const odd = ['constructor', 'close', 'a,b:c', 'carte générale', '__proto__'];
  const options = served((list) => odd.map((id, i) => ({ ...list[i], id })));
  await visit(options, async (page) => {
    for (const id of odd) assert.ok(await page.getByRole('switch', { name: id, exact: true }).isVisible(), id);
    await page.getByRole('switch', { name: 'a,b:c', exact: true }).click();
    await page.getByRole('switch', { name: 'constructor', exact: true }).click();
    await page.getByRole('slider', { name: 'Opacity of carte générale' }).press('ArrowLeft');
    await picture(page);
    const again = await open(browser, page.url());
    assert.equal(await again.getByRole('switch', { name: 'a,b:c', exact: true }).isChecked(), false);
    assert.equal(await again.getByRole('switch', { name: 'constructor', exact: true }).isChecked(), false);
    assert.equal(await again.getByRole('switch', { name: 'close', exact: true }).isChecked(), true);
    assert.equal(await again.getByRole('slider', { name: 'Opacity of carte générale' }).inputValue(), '95');
    await again.close();
  });
});

test('names leave out the title of the map, and are told apart', needs_browser, () => {
  const { title } = readSiteJson('site.json');
  const titles = { a: `${title} – heat`, b: `${title} – heat`, c: title, d: 'Another map', e: `${title} – roads` };
  return visit(served((list) => Object.entries(titles).map(([id, own], i) => ({ ...list[i], id, title: own }))), async (page) => {
    assert.deepEqual((await page.locator('.set-name').allInnerTexts()).sort(), ['Another map', 'Density (a)', 'Density (b)', 'c', 'roads']);
  });
});

test('two sets of one name are told in words', needs_browser, () =>
  visit({ ...served((list) => [list[0], list[0]]), ready: false, expects_problems: true }, async (page) => {
    await page.locator('#message').waitFor({ state: 'visible' });
    assert.match(await page.locator('#message').innerText(), /site\.json: sets \(id\)/);
  }));

test('a set that answers errors is told of, and the others stay', needs_browser, async () => {
  const options = served((list) => list.filter(({ id }) => ['base', 'heat'].includes(id)));
  const plain = options.answer;
  options.answer = (path) => (path.startsWith('heat/') ? { status: 500 } : plain(path));
  await visit({ ...options, expects_problems: true }, async (page) => {
    assert.ok(colors(await picture(page)) > 20);
    assert.match(await page.locator('[data-set="heat"] .why').innerText(), /Some tiles could not be loaded/);
    assert.ok(await page.locator('[data-set="base"] .why').isHidden());
    assert.match(await page.locator('#said').textContent(), /Density: Some tiles/);
    assert.ok(page.problems.every((words) => /status of 500/.test(words)), page.problems.join('\n'));
  });
});

test('a server that is busy drawing is asked again', needs_browser, async () => {
  let wanted;
  const two = (list) => list.filter(({ id }) => ['base', 'heat'].includes(id));
  await visit(served(two), async (page) => { wanted = await picture(page); });
  const options = served(two);
  const plain = options.answer, seen = new Set();
  options.answer = (path) => {
    if (!path.startsWith('heat/') || seen.has(path)) return plain(path);
    seen.add(path);
    return { status: 503 };
  };
  await visit({ ...options, expects_problems: true }, async (page) => {
    for (const end = Date.now() + 60_000; differing(wanted, await picture(page)) !== 0;) assert.ok(Date.now() < end, 'what was refused is never drawn');
    assert.ok(seen.size > 0);
    assert.ok(await page.locator('[data-set="heat"] .why').isHidden());
  });
});

test('without a legend the page stands; a legend of other sets is not lost', needs_browser, async () => {
  const legend = readSiteJson(readSiteJson('site.json').legend);
  await visit(served(undefined, { legend: undefined, units: undefined, corridors: undefined, precision: undefined, attribution: undefined }), async (page) => {
    for (const set of readSiteJson('site.json').sets) assert.ok(await page.getByRole('switch', { name: nameOf(set), exact: true }).isVisible());
    assert.equal(await page.locator('#legend .entry').count(), 0);
    const label = await page.getByRole('region', { name: /^Map: / }).getAttribute('aria-label');
    assert.doesNotMatch(label, /Enter/);
  });
  await visit(served((list) => [{ ...list[0], id: 'north' }, { ...list[1], id: 'south' }]), async (page) => {
    assert.equal(await page.locator('#legend .others > li').count(), legend.entries.length);
  });
  await visit(served((list) => [{ ...list[0], id: 'north' }]), async (page) => {
    assert.equal(await page.locator('[data-set="north"] .entry').count(), legend.entries.length);
  });
});
