// The shipped styles pass the official validator of the MapLibre Style Specification.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { web } from './support/browser.mjs';

const { validateStyleMin } = await import(`${web}node_modules/@maplibre/maplibre-gl-style-spec/dist/index.mjs`);
const folder = fileURLToPath(new URL('../../styles/shipped/', import.meta.url));
const styles = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

const complaints = (style) => validateStyleMin(style).map(({ message }) => message);

test('the validator does complain of a wrong style', () => {
  const wrong = { version: 8, sources: {}, layers: [{ id: 'a', type: 'background', paint: { 'background-color': 'no colour' } }] };
  assert.match(complaints(wrong).join(), /background-color/);
});

test('there are a light and a dark style', () => {
  assert.ok(styles.length >= 2, `${folder} holds ${styles.length} styles`);
});

for (const name of styles) {
  test(`styles/shipped/${name} is valid`, () => {
    assert.deepEqual(complaints(JSON.parse(readFileSync(folder + name))), []);
  });
}
