// The page's address: what is written is read back, and what is mangled is ignored.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format, parse } from '../../web/viewer/permalink.js';

test('an address is zoom/lat/lon and nothing else while nothing was changed', () => {
  assert.equal(format({ view: { zoom: 5.25, center: [-4.1234567, 14.5] } }), '#5.25/14.500/-4.123');
});

test('what is written is read back', () => {
  const state = { view: { zoom: 7, center: [2.1098, 13.5127] }, off: ['points', 'labels'], on: ['heat'], opacity: { heat: 0.6 }, unit: 'BF 12/é' };
  const found = parse(format(state));
  assert.deepEqual({ ...found, view: state.view }, state);
  assert.equal(found.view.zoom, 7);
  assert.ok(Math.abs(found.view.center[0] - 2.1098) < 0.001 && Math.abs(found.view.center[1] - 13.5127) < 0.001);
});

for (const hash of ['', '#', '#a/b/c', '#3/91/0', '#%E0%A4%A', '#5/14', '#&off=']) {
  test(`the address ${JSON.stringify(hash)} asks for nothing`, () => {
    assert.deepEqual(parse(hash), { off: [], on: [], opacity: {} });
  });
}

test('a frame, a corridor and names of any characters are read back', () => {
  const state = { view: { zoom: 4, center: [0, 0] }, off: ['a,b:c', 'é&=#/%'], on: ['x y'], opacity: { 'p:q,r': 0.5 }, frame: '2025-07', corridor: 'C 01/ß' };
  const { view, ...found } = parse(format(state));
  assert.deepEqual({ ...found, view: state.view }, state);
  assert.match(format(state), /^#4\/0\.00\/0\.00&frame=2025-07&off=a%2Cb%3Ac,/);
});

test('an opacity that is none is ignored', () => {
  assert.deepEqual(parse('#4/14/0&opacity=heat:140,base:x,points:20').opacity, { points: 0.2 });
});
