// Corridors: clicks, keys and lists lead to the numbers of the file; the strip chart shows those of the profile.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { open } from './support/browser.mjs';
import { differing } from './support/png.mjs';
import { needs_browser, readSiteJson, siteWith } from './support/site.mjs';
import { browser, contrast, picture, visit } from './support/visit.mjs';

const sample = (name) => readFileSync(new URL(`./samples/${name}`, import.meta.url), 'utf8');
const corridors = JSON.parse(sample('corridors.geojson')).features;
const { unit, bands, colors, corridors: profiles } = JSON.parse(sample('corridor_profiles.json'));
const withRate = corridors.filter(({ properties }) => properties.per_100_km_month > 0);
const named = (id) => corridors.find(({ properties }) => properties.id === id);

function site({ lang = 'en', profiled = true, ...changes } = {}) {
  const key = { path: 'derived/sample.geojson', ...(profiled ? { profiles: 'derived/sample.json' } : {}) };
  return { replace: { 'site.json': siteWith({ lang, corridors: key, ...changes }), 'derived/sample.geojson': sample('corridors.geojson'), 'derived/sample.json': sample('corridor_profiles.json') } };
}

/** The middle of the longest straight part of a corridor: far from its bends and from the next corridor. */
function onTheRoad({ geometry }) {
  const parts = geometry.coordinates.slice(1).map((to, i) => [geometry.coordinates[i], to]);
  const length = ([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const [a, b] = parts.reduce((best, part) => (length(part) > length(best) ? part : best));
  const y = (lat) => Math.asinh(Math.tan((lat * Math.PI) / 180));
  return { lon: (a[0] + b[0]) / 2, lat: (Math.atan(Math.sinh((y(a[1]) + y(b[1])) / 2)) * 180) / Math.PI };
}
const middle = async (page) => {
  const { x, y, width, height } = await page.locator('#map').boundingBox();
  return [x + width / 2, y + height / 2];
};

test('a click some pixels off the line finds the corridor, not the unit under it', needs_browser, () => {
  const road = named('C01'), { lon, lat } = onTheRoad(road);
  return visit({ ...site(), hash: `#7/${lat}/${lon}` }, async (page) => {
    const before = await picture(page), [x, y] = await middle(page);
    await page.mouse.click(x, y + 8);
    assert.equal(await page.locator('#card h2').innerText(), road.properties.name);
    assert.equal(await page.locator('#card .count').innerText(), `${road.properties.incidents} incidents`);
    assert.match(await page.locator('#said').textContent(), new RegExp(`^${road.properties.name}\\. ${road.properties.incidents} incidents`));
    assert.match(page.url(), /&corridor=C01$/);
    await page.mouse.move(10, 10);
    assert.ok(differing(before, await picture(page)) > 300);
    await page.keyboard.press('Escape');
    assert.ok(!page.url().includes('corridor='));
    await page.mouse.click(x, y + 40);
    assert.notEqual(await page.locator('#card h2').innerText(), road.properties.name);
    assert.match(page.url(), /&unit=/);
  });
});

test('Enter on the middle of the map tells the corridor there, and the others that share the road', needs_browser, () => {
  const [one, other] = ['C06', 'C10'].map((id) => named(id).properties.name);
  const shared = onTheRoad({ geometry: { coordinates: named('C06').geometry.coordinates.slice(-2) } }); // into Ouagadougou
  return visit({ ...site(), hash: `#8/${shared.lat}/${shared.lon}` }, async (page) => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const first = await page.locator('#card h2').innerText();
    assert.ok([one, other].includes(first), first);
    const second = first === one ? other : one;
    const link = page.locator('#card').getByRole('button', { name: second });
    await link.press('Enter');
    assert.equal(await page.locator('#card h2').innerText(), second);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), first, 'the focus stays in the card');
  });
});

test('the card says what the file says, and nothing about what it does not', needs_browser, () => visit(site(), async (page) => {
  const choice = page.getByRole('combobox', { name: 'Find a corridor' });
  assert.equal(await choice.locator('option').count(), corridors.length + 1);
  await choice.selectOption({ label: named('C01').properties.name });
  const { properties } = named('C01');
  const told = await page.locator('#card').innerText();
  for (const wanted of [`${Math.round(properties.length_km).toLocaleString('en')} km`, `${properties.per_100_km_month} per 100 km and month`,
    `${properties.incidents_coarse} of them by the shares of incidents known only to about 25 km`, `Status: ${properties.status}`]) assert.ok(told.includes(wanted), `${wanted} in ${told}`);
  await choice.selectOption({ label: named('C12').properties.name });
  assert.deepEqual((await page.locator('#card').innerText()).split('\n').filter((line) => line.trim().length > 1), ['Corridor', named('C12').properties.name]);
}));

test('the ranking is by rate, and moves the map so that the card does not cover the corridor', needs_browser, () => visit({ ...site(), hash: '#4/20/10' }, async (page) => {
  const sorted = [...withRate].sort((a, b) => b.properties.per_100_km_month - a.properties.per_100_km_month).map(({ properties }) => properties.name);
  assert.deepEqual(await page.locator('#corridors .rank-name').allInnerTexts(), sorted);
  await page.locator('#corridors .rank').first().click();
  assert.equal(await page.locator('#corridors .rank').first().getAttribute('aria-pressed'), 'true');
  await page.waitForFunction(() => /corridor=/.test(location.hash) && !location.hash.startsWith('#4/20')); // the move has ended
  const [, lat, lon] = page.url().split('#')[1].split('&')[0].split('/').map(Number);
  const zoom = Number(page.url().split('#')[1].split('/')[0]);
  const world = 512 * 2 ** zoom, y = (degrees) => Math.asinh(Math.tan((degrees * Math.PI) / 180)) / (2 * Math.PI);
  const [map, card] = [await page.locator('#map').boundingBox(), await page.locator('#card').boundingBox()];
  const road = withRate.find(({ properties }) => properties.name === sorted[0]).geometry.coordinates;
  for (const [east, north] of road) {
    const [px, py] = [map.x + map.width / 2 + ((east - lon) / 360) * world, map.y + map.height / 2 - (y(north) - y(lat)) * world];
    assert.ok(px > map.x && px < map.x + map.width && py > map.y && py < card.y, `${px} ${py} in ${JSON.stringify({ map, card })}`);
  }
}));

test('the strip chart has a bar for every count, as high as the count', needs_browser, () => visit({ ...site(), hash: '#&corridor=C01' }, async (page) => {
  const { bins, length_km, stations, borders } = profiles.C01;
  const bars = await page.locator('.strip-chart rect:not([class])').evaluateAll((all) => all.map((bar) => ({
    fill: bar.getAttribute('fill'), height: Number(bar.getAttribute('height')), x: Number(bar.getAttribute('x')) })));
  const counts = bins.flatMap((bin) => bin.counts.map((count, i) => ({ count, color: colors[i], from_km: bin.from_km }))).filter(({ count }) => count > 0);
  assert.equal(bars.length, counts.length);
  const each = bars[0].height / counts[0].count;
  const across = (bars.at(-1).x - bars[0].x) / (counts.at(-1).from_km - counts[0].from_km);
  bars.forEach((bar, i) => {
    assert.equal(bar.fill, counts[i].color);
    assert.ok(Math.abs(bar.height - each * counts[i].count) < 0.01);
    assert.ok(Math.abs(bar.x - bars[0].x - across * (counts[i].from_km - counts[0].from_km)) < 0.01);
  });
  const text = await page.locator('#card').textContent();
  for (const band of bands) assert.ok(text.includes(band), band);
  for (const { before, after } of borders) assert.ok(text.includes(before) && text.includes(after));
  for (const end of [stations[0], stations.at(-1)]) assert.ok((await page.locator('.strip-chart .town').allTextContents()).includes(end.name), end.name);
  assert.ok(across * length_km > 200, 'a chart one can read');
}));

test('a stretch that the data does not cover is drawn as such, not as peace', needs_browser, () => visit({ ...site(), hash: '#&corridor=C01' }, async (page) => {
  const { bins, length_km } = profiles.C01;
  const first = bins.find(({ low }) => low !== undefined);
  const [gap, plate] = await page.locator('.strip-chart').evaluate((chart) => ['.uncovered', '.plate'].map((one) => ['x', 'width'].map((key) => Number(chart.querySelector(one).getAttribute(key)))));
  assert.equal(await page.locator('.strip-chart .uncovered').count(), 1);
  assert.equal(gap[0], plate[0]);
  assert.ok(Math.abs(gap[1] - (plate[1] * first.from_km) / length_km) < 0.01);
  assert.ok((await page.locator('.strip-chart').textContent()).includes('no data'));
  await page.locator('#corridors .rank').first().click();
  assert.equal(await page.locator('#card h2').innerText(), named('C10').properties.name);
  assert.equal(await page.locator('.strip-chart .uncovered').count(), 0);
}));

test('the chart is told in words: unit, length, the worst bins with town and interval', needs_browser, () => visit({ ...site(), hash: '#&corridor=C01' }, async (page) => {
  const total = ({ counts }) => counts.reduce((a, b) => a + b, 0);
  const worst = profiles.C01.bins.reduce((most, bin) => (total(bin) > total(most) ? bin : most));
  const label = await page.locator('.strip-chart').getAttribute('aria-label');
  assert.equal(await page.locator('.strip-chart').getAttribute('role'), 'img');
  const words = `km ${worst.from_km}–${worst.to_km}, near Kayes: ${total(worst)} (plausibly ${worst.low} to `;
  assert.ok(label.startsWith(`${unit}. 0 to 1,212 km`) && label.includes(words), label);
  assert.ok((await page.locator('.worst li').first().innerText()).startsWith(words));
  assert.equal(await page.locator('.worst li').count(), 3);
}));

test('names of towns do not lie over each other, and nothing sticks out, on a phone too', needs_browser, async () => {
  for (const viewport of [{ width: 1400, height: 900 }, { width: 390, height: 844 }]) {
    await visit({ ...site(), viewport, hash: '#&corridor=C01' }, async (page) => {
      const chart = await page.locator('.strip-chart').boundingBox();
      const towns = await page.locator('.strip-chart .town').evaluateAll((all) => all.map((one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return { left, right, top, bottom, name: one.textContent }; }));
      assert.ok(towns.length >= 6);
      towns.forEach((a, i) => {
        assert.ok(a.left >= chart.x - 1 && a.right <= chart.x + chart.width + 1, a.name);
        for (const b of towns.slice(i + 1)) assert.ok(a.right <= b.left || b.right <= a.left || Math.abs(a.top - b.top) > 8, `${a.name} over ${b.name}`);
      });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    });
  }
});

test('without profiles the card is small; a profile that cannot be read is told', needs_browser, async () => {
  await visit({ ...site({ profiled: false }), hash: '#&corridor=C01' }, async (page) => {
    assert.equal(await page.locator('.strip-chart').count(), 0);
    assert.ok(await page.locator('#card').isVisible());
  });
  const broken = site();
  broken.replace['derived/sample.json'] = null;
  await visit({ ...broken, ready: false, expects_problems: true }, async (page) => {
    await page.locator('#message').waitFor({ state: 'visible' });
    assert.match(await page.locator('#message').innerText(), /derived\/sample\.json answered 404/);
  });
});

test('the address brings a corridor back', needs_browser, () => visit(site(), async (page) => {
  await page.locator('#corridors .rank').nth(1).click();
  await picture(page);
  const again = await open(browser, page.url());
  assert.equal(await again.locator('#card h2').innerText(), await page.locator('#card h2').innerText());
  await again.close();
}));

test('in French', needs_browser, () => visit({ ...site({ lang: 'fr' }), hash: '#&corridor=C01' }, async (page) => {
  const told = await page.locator('#card').innerText();
  assert.match(told, /Corridor · 1\s212 km/);
  assert.match(told, /0,45 pour 100 km et par mois/);
  assert.match(told, /km 690–700, près de Kayes\u00a0: 9/);
}));

for (const theme of ['light', 'dark']) {
  test(`every text of the ${theme} page stands out`, needs_browser, () => {
    const frames = readSiteJson('site.json').sets.map((set) => (set.id === 'heat' ? { ...set, frames: [{ id: '1', label: 'One', archive: set.archive }, { id: '2', label: 'Two', archive: set.archive }] } : set));
    return visit({ ...site({ theme, sets: frames, illustrative: true, files: [{ label: 'Data', path: 'legend.json' }] }), hash: '#&corridor=C01&frame=1' }, async (page) => {
      for (const text of ['h1', '.period', '.subtitle', '.banner', '.notes li', '#credits p', '.theme', '.set-name', '.why:not([hidden])', '.entry span', '.ramp .unit', '.tick', '.below', '.shares-key li', 'h2 .unit', '.rank-name', '.rank-count',
        '.find', 'select', '.files a', '.frame-label', '.ends span', '#card .kind', '#card h2', '#card .count', '#card .fact', '#card h3', '.worst li', '.strip-chart .town', '.strip-chart .figure', '.strip-chart .country', '.close']) {
        const found = await contrast(page, text);
        assert.ok(found >= 4.5, `${text}: ${found.toFixed(2)}`);
      }
    });
  });
}
