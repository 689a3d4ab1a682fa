// The exported site in Chromium, under a strict page policy. Every page opened must end with no console error, no warning,
// and no request to another host.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { open } from './support/browser.mjs';
import { colors, differing } from './support/png.mjs';
import { strict_policy } from './support/server.mjs';
import { folder, needs_browser, pointInside, readSiteJson, siteWith } from './support/site.mjs';
import { browser, contrast, english, nameOf, picture, visit } from './support/visit.mjs';

test('the page as it opens', needs_browser, (t) => visit(english(), async (page, server) => {
  const site = readSiteJson('site.json'), legend = readSiteJson(site.legend);

  await t.test('draws the whole map, from this host alone, under a strict policy', async () => {
    const drawn = await picture(page);
    assert.ok(colors(drawn) > 200, `${colors(drawn)} colours`);
    for (const set of site.sets) {
      if (set.archive && (set.visible ?? true)) assert.ok(server.asked.some(({ path, range }) => path === set.archive && range), `${set.id} read by ranges`);
    }
    const answer = await page.request.get(server.url);
    assert.equal(answer.headers()['content-security-policy'], strict_policy);
    assert.match(await answer.text(), /http-equiv="Content-Security-Policy" content="default-src 'none'/);
  });

  await t.test('shows title, period, legend and credits as text', async () => {
    const text = await page.locator('body').innerText();
    for (const wanted of [site.title, site.period, ...site.attribution, ...legend.notes].filter(Boolean)) assert.ok(text.includes(wanted), wanted);
    const shown = new Set(site.sets.map((set) => set.id));
    for (const entry of legend.entries.filter(({ set }) => shown.has(set) || shown.has('all'))) assert.ok(text.includes(entry.label), entry.label);
    for (const { unit, ticks } of legend.entries.flatMap((entry) => entry.ramp ?? [])) {
      for (const wanted of [unit, ...ticks.map((tick) => tick.label)]) assert.ok(text.includes(wanted), wanted);
    }
    assert.equal(await page.title(), site.title);
    assert.ok(await page.locator('#credits').isVisible());
    assert.equal(await page.locator('#banner').isVisible(), Boolean(site.illustrative));
    assert.match(await page.locator('.maplibregl-ctrl-scale').innerText(), /\d+\sk?m/);
  });

  await t.test('colours the ramp as legend.json says', async () => {
    const wanted = legend.entries.flatMap((entry) => entry.ramp ?? []);
    const strips = page.locator('#legend .strip');
    assert.equal(await strips.count(), wanted.length);
    for (let i = 0; i < wanted.length; i++) {
      const [shown, meant] = await strips.nth(i).evaluate((strip, stops) => {
        const probe = document.createElement('div');
        document.body.append(probe);
        probe.style.backgroundImage = `linear-gradient(to right, ${stops.join(', ')})`;
        const meant = getComputedStyle(probe).backgroundImage;
        probe.remove();
        return [getComputedStyle(strip).backgroundImage, meant];
      }, wanted[i].stops);
      assert.notEqual(shown, 'none');
      assert.equal(shown, meant);
    }
  });

  await t.test('keeps the panel beside the map', async () => {
    const [map, panel] = [await page.locator('#map').boundingBox(), await page.locator('#panel').boundingBox()];
    assert.ok(panel.x + panel.width <= map.x + 1);
  });
}));

test('the whole map is seen whatever the window, and fills more than half of one side', needs_browser, async () => {
  const [west, south, east, north] = readSiteJson('site.json').bounds;
  const mercator = (lat) => Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
  for (const viewport of [{ width: 1400, height: 900 }, { width: 1000, height: 640 }, { width: 390, height: 844 }]) {
    await visit({ ...english(), viewport, hash: '#6/40/60' }, async (page) => {
      await page.getByRole('button', { name: 'Whole map' }).click();
      await page.waitForFunction(() => !location.hash.startsWith('#6/40'));
      const [zoom, lat, lon] = page.url().split('#')[1].split('/').map(Number);
      const { width, height } = await page.locator('#map').boundingBox(), world = 512 * 2 ** zoom;
      const xs = [west, east].map((edge) => width / 2 + ((edge - lon) / 360) * world), ys = [north, south].map((edge) => height / 2 - (mercator(edge) - mercator(lat)) * world);
      assert.ok(xs[0] >= 0 && xs[1] <= width && ys[0] >= 0 && ys[1] <= height, JSON.stringify({ viewport, xs, ys }));
      assert.ok(Math.max((xs[1] - xs[0]) / width, (ys[1] - ys[0]) / height) > 0.5, JSON.stringify({ viewport, xs, ys }));
    });
  }
});

/** An address at the unit with most incidents, at a zoom where every set has ink (points begin at tile zoom 7). */
function busiest(zoom) {
  const units = readSiteJson(readSiteJson('site.json').units.path).features;
  const { geometry } = units.reduce((most, unit) => (unit.properties.incidents > most.properties.incidents ? unit : most));
  const [lon, lat] = pointInside(geometry);
  return `#${zoom}/${lat}/${lon}`;
}

test('every set has a switch that takes its ink off the map and puts it back', needs_browser, () => visit({ ...english(), hash: busiest(6) }, async (page) => {
  const before = await picture(page);
  for (const set of readSiteJson('site.json').sets) {
    const knob = page.getByRole('switch', { name: nameOf(set), exact: true });
    await knob.click();
    const after = await picture(page);
    assert.ok(differing(before, after) > 100, `${set.id}: ${differing(before, after)} pixels`);
    assert.equal(await page.locator(`[data-set="${set.id}"] .slider`).isDisabled(), await knob.isChecked() === false);
    await knob.click();
    assert.equal(differing(before, await picture(page)), 0, set.id);
  }
}));

test('the opacity slider fades a set, by mouse and by key, and says how much', needs_browser, () => visit(english(), async (page) => {
  const set = readSiteJson('site.json').sets.find(({ id }) => ['heat', 'all'].includes(id));
  const slider = page.getByRole('slider', { name: `Opacity of ${nameOf(set)}` });
  const full = await picture(page);
  await slider.focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
  const half = await picture(page);
  assert.equal(await slider.getAttribute('aria-valuetext'), `${Math.round(100 * (set.opacity ?? 1)) - 50}%`);
  assert.ok(differing(full, half) > 100);
  const box = await slider.boundingBox();
  await page.mouse.click(box.x + 1, box.y + box.height / 2);
  assert.equal(await slider.inputValue(), '0');
  assert.ok(differing(half, await picture(page)) > 100);
}));

test('a click on a unit tells the number that the file has, and outlines it', needs_browser, () => {
  const units = readSiteJson(readSiteJson('site.json').units.path).features;
  const { geometry, properties } = units.reduce((most, unit) => (unit.properties.incidents > most.properties.incidents ? unit : most));
  const [lon, lat] = pointInside(geometry);
  return visit({ ...english({ corridors: undefined }), hash: `#6/${lat}/${lon}` }, async (page) => { // no corridor in the way
    const before = await picture(page);
    const map = await page.locator('#map').boundingBox();
    await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
    const card = page.locator('#card');
    await card.waitFor({ state: 'visible' });
    assert.equal(await card.locator('h2').innerText(), properties.name);
    assert.equal(await card.locator('.count').innerText(), `${properties.incidents.toLocaleString('en')} incident${properties.incidents === 1 ? '' : 's'}`);
    assert.match(await page.locator('#said').textContent(), new RegExp(`${properties.incidents.toLocaleString('en')} incident`));
    await page.mouse.move(10, 10);
    assert.ok(differing(before, await picture(page)) > 300, 'an outline');
    await page.keyboard.press('Escape');
    assert.ok(await card.isHidden());
    await page.evaluate(() => document.activeElement.blur()); // its ring, which keys make visible, is not the outline meant here
    assert.equal(differing(before, await picture(page)), 0);
  });
});

test('the ranking agrees with the file and leads to the unit', needs_browser, () => visit(english(), async (page) => {
  const units = readSiteJson(readSiteJson('site.json').units.path).features.map(({ properties }) => properties);
  const most = Math.max(...units.map(({ incidents }) => incidents ?? 0));
  const first = page.locator('#units .rank').first();
  assert.equal(await first.locator('.rank-count').innerText(), most.toLocaleString('en'));
  const before = page.url();
  await first.click();
  await page.waitForFunction((url) => location.href !== url, before);
  assert.equal(await page.locator('#card h2').innerText(), await first.locator('.rank-name').innerText());
  assert.equal(await first.getAttribute('aria-pressed'), 'true');
  assert.equal(await page.locator('#units-choice option').count(), units.length + 1);
}));

test('all of it works from the keyboard', needs_browser, () => {
  const { geometry, properties } = readSiteJson(readSiteJson('site.json').units.path).features.find((unit) => unit.properties.incidents > 0);
  const [lon, lat] = pointInside(geometry);
  return visit({ ...english({ corridors: undefined }), hash: `#7/${lat}/${lon}` }, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.getAttribute('role') ?? document.activeElement.className);
    await page.keyboard.press('Tab');
    assert.match(await focused(), /maplibregl-canvas|region/);
    assert.ok(await page.locator('.aim').isVisible(), 'an aim in the middle of the map');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#card h2').innerText(), properties.name);
    await page.keyboard.press('Escape');
    assert.ok(await page.locator('#card').isHidden());
    for (let i = 0; i < 12 && (await focused()) !== 'switch'; i++) await page.keyboard.press('Tab');
    assert.equal(await focused(), 'switch');
    const checked = () => page.evaluate(() => document.activeElement.checked);
    const before = await checked();
    await page.keyboard.press('Space');
    assert.equal(await checked(), !before);
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(ring, 'solid', 'focus is seen');
  });
});

test('the address holds place, switches, opacity and unit, and brings them back', needs_browser, () => visit(english(), async (page, server) => {
  const { sets, units } = readSiteJson('site.json');
  const set = sets.at(-1);
  await page.getByRole('switch', { name: nameOf(set), exact: true }).click();
  await page.locator('.slider:enabled').first().press('ArrowLeft');
  await page.locator('#units .rank').first().click();
  await picture(page);
  const address = page.url();
  assert.match(address, new RegExp(`#[\\d.]+/-?[\\d.]+/-?[\\d.]+&off=${set.id}&opacity=\\w+:\\d+&unit=`));
  const seen = await picture(page);
  const again = await open(browser, address);
  await again.mouse.move(10, 10);
  await page.mouse.move(10, 10);
  assert.ok(units && await again.locator('#card').isVisible());
  assert.equal(await again.getByRole('switch', { name: nameOf(set), exact: true }).isChecked(), false);
  // The address is rounded to half a pixel, so edges may move by that much.
  assert.ok(differing(await picture(page), await picture(again), 96) < 0.01 * seen.width * seen.height);
  assert.deepEqual(again.problems, []);
  await again.close();
  assert.ok(server.asked.length > 0);
}));

test('a site in French speaks French', needs_browser, () => visit({ replace: { 'site.json': siteWith({ lang: 'fr', illustrative: true }) } }, async (page) => {
  const text = await page.locator('body').innerText();
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  assert.match(text, /Données illustratives/);
  assert.match(await page.locator('#units-name').innerText(), /Le plus d’incidents/);
  await page.locator('#units .rank').first().click();
  assert.match(await page.locator('#card .count').innerText(), /incidents?$/);
  assert.match(await page.locator('#card').innerText(), /pour 1\u202f000 km²/);
  assert.ok(await page.getByRole('button', { name: 'Toute la carte' }).isVisible());
}));

for (const theme of ['light', 'dark']) {
  test(`the ${theme} page is ${theme}, and its text stands out`, needs_browser, () => visit({ ...english({ theme: 'auto' }), colorScheme: theme }, async (page) => {
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), theme);
    for (const text of ['h1', '.notes', '#credits', '.set-name']) assert.ok((await contrast(page, text)) >= 4.5, `${text}: ${await contrast(page, text)}`);
  }));
}

test('a style that is light stays light in a dark browser', needs_browser, () => visit({ ...english({ theme: 'light' }), colorScheme: 'dark' }, async (page) => {
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light');
}));

test('on a phone the legend folds away and nothing lies over the map', needs_browser, () => visit({ ...english(), viewport: { width: 390, height: 780 } }, async (page) => {
  const legend = page.locator('#legend');
  assert.ok(await legend.isHidden());
  assert.ok(await page.locator('#panel-name .strip').isVisible(), 'the ramp at a glance');
  assert.ok(colors(await picture(page)) > 100);
  await page.locator('#panel-name').click();
  assert.ok(await legend.isVisible());
  const [map, panel] = [await page.locator('#map').boundingBox(), await page.locator('#panel').boundingBox()];
  assert.ok(map.y + map.height <= panel.y + 1 && map.height >= 150, JSON.stringify({ map, panel }));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling');
  assert.ok(await page.locator('#credits').isVisible());
}));

test('a host without range requests still shows a small site', needs_browser, () => visit({ ...english(), ranges: false }, async (page) => {
  assert.ok(colors(await picture(page)) > 200);
}));

test('a large archive without range requests is told in words at its set, and the others are shown', needs_browser, () => {
  const set = readSiteJson('site.json').sets[0];
  const replace = { ...english().replace, [set.archive]: Buffer.alloc(60_000_000) };
  return visit({ replace, ranges: false }, async (page) => {
    assert.match(await page.locator(`[data-set="${set.id}"] .why`).innerText(), new RegExp(`${set.archive} is 60 MB .*range requests`));
    assert.ok(await page.getByRole('switch', { name: nameOf(set), exact: true }).isDisabled());
    assert.ok(colors(await picture(page)) > 100);
  });
});

test('where no set can be shown the page says why', needs_browser, () => {
  const { sets } = readSiteJson('site.json');
  const replace = { ...english().replace, ...Object.fromEntries(sets.map(({ archive }) => [archive, null])) };
  return visit({ replace, ready: false, expects_problems: true }, async (page) => {
    await page.locator('#message').waitFor({ state: 'visible' });
    assert.match(await page.locator('#message').innerText(), new RegExp(`${sets[0].archive} answered 404`));
    assert.ok(await page.locator('#app').isHidden());
  });
});

for (const [name, file, body, said] of [
  ['a missing legend', 'legend', null, /legend\.json answered 404/],
  ['a site.json that is cut off', 'site', '{"title": "x", "bou', /site\.json is not readable JSON/],
  ['a site.json without bounds', 'site', '{"lang": "en", "title": "x"}', /site\.json: bounds is missing/],
]) {
  test(`${name} is told in words`, needs_browser, () => {
    const replace = file === 'site' ? { 'site.json': body } : { ...english().replace, [readSiteJson('site.json').legend]: body };
    return visit({ replace, ready: false, expects_problems: true }, async (page) => {
      await page.locator('#message').waitFor({ state: 'visible' });
      assert.match(await page.locator('#message').innerText(), said);
      assert.ok(await page.locator('#app').isHidden());
    });
  });
}

test('text of data files is never markup', needs_browser, () => {
  const trap = '<img src=x onerror="document.title=1"><b>bold</b>';
  const replace = { 'site.json': siteWith({ title: trap, attribution: [trap], subtitle: trap }) };
  return visit({ replace }, async (page) => {
    assert.equal(await page.locator('h1').textContent(), trap);
    assert.equal(await page.locator('h1 *, #credits img, #subtitle *').count(), 0);
  });
});

test('opened as a file the page says what to do', needs_browser, async () => {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  assert.match(await page.locator('#message').innerText(), /web server|serveur web/);
  await page.close();
});
