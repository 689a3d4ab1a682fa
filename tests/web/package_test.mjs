// What is fetched and what is shipped: pinned, without addresses, for Node 18, with every licence.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { web } from './support/browser.mjs';
import { siteFiles } from '../../web/list-site-files.mjs';

const json = (name) => JSON.parse(readFileSync(web + name));
const lock = json('package-lock.json');
const installed = Object.entries(lock.packages).filter(([path]) => path);

test('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = json('package.json');
  for (const version of Object.values({ ...dependencies, ...devDependencies })) assert.match(version, /^\d+\.\d+\.\d+$/);
});

test('the lock file names no address to fetch from, and a digest for every package', () => {
  for (const [path, entry] of installed) {
    assert.equal(entry.resolved, undefined, path);
    assert.match(entry.integrity, /^sha512-/, path);
  }
});

test('MapLibre GL JS is 6.4.1 or later', () => {
  const [major, minor, patch] = lock.packages['node_modules/maplibre-gl'].version.split('.').map(Number);
  assert.ok(major * 1e6 + minor * 1e3 + patch >= 6_004_001);
});

test('no package asks for a Node newer than 18, and none runs a script when installed', () => {
  for (const [path, { engines, hasInstallScript }] of installed) {
    for (const [, floor] of (engines?.node ?? '').matchAll(/(\d+)(?:\.\d+)*/g)) assert.ok(Number(floor) <= 18, `${path}: ${engines.node}`);
    assert.ok(!hasInstallScript, path);
  }
});

test('site-files.json is what the packages installed give: files, versions, digests, licences', () => {
  assert.deepEqual(json('site-files.json'), siteFiles());
});

test('every package shipped has its licence shipped', () => {
  const { vendor } = json('site-files.json');
  for (const name of new Set(vendor.map((file) => file.package))) {
    const text = vendor.find((file) => file.package === name && file.to.startsWith('vendor/licences/'));
    assert.ok(text, name);
    assert.match(readFileSync(web + text.from, 'utf8'), /copyright|licen[cs]e/i, name);
  }
});
