// Corridors: lines with a generous reach for fingers, marked along both sides when chosen so that their own colour stays in
// sight, and the profile of incidents along the road where the site has one.

import { byState, thingsOf } from './choice.js';
import { readJson } from './config.js';
import { h, s } from './dom.js';
import { number, t } from './i18n.js';
import { stripChart, worstBins } from './strip_chart.js';

/** The corridors as a kind for connectChoice, with what it draws (`sources`, `layers`). */
export async function readCorridors({ path, profiles }, ink, paper) {
  const [collection, profile] = await Promise.all([readJson(path), profiles && readJson(profiles)]);
  const beside = (id, color, width, opacity) => ({ id, type: 'line', source: 'corridors', layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': color, 'line-gap-width': 6, 'line-width': width, 'line-opacity': opacity } });
  const things = thingsOf(collection);
  const has = (key) => things.some(({ properties }) => typeof properties[key] === 'number');
  const measure = has('per_100_km_month') ? 'per_100_km_month' : 'incidents';
  return {
    key: 'corridor', source: 'corridors', layer: 'corridors', reaches_px: [2, 6, 10], // the nearest of several first
    things,
    sources: { corridors: { type: 'geojson', data: collection, tolerance: 0.1 } },
    layers: [
      { id: 'corridors', type: 'line', source: 'corridors', paint: { 'line-opacity': 0, 'line-width': 2 } },
      beside('corridors-casing', paper, 4, byState(0.9, 0.6)),
      beside('corridors-line', ink, 1.75, byState(1, 0.6)),
    ],
    section: 'corridors', heading: t('corridors'), unit: t(measure === 'incidents' ? 'byIncidents' : 'byRate'), chooseLabel: t('chooseCorridor'),
    countOf: ({ properties }) => properties[measure] ?? 0,
    optionOf: ({ name }) => name,
    about: ({ properties }) => [t('corridor'), typeof properties.length_km === 'number' && t('km', { n: number(Math.round(properties.length_km)) })],
    facts: ({ properties }) => factsOf(properties),
    isWide: ({ id }) => Boolean(profile && Object.hasOwn(profile.corridors, id)),
    more: ({ id }, width_px) => profileCard(profile.corridors[id], profile, width_px),
  };
}

/** The sentences about a corridor, the number first; nothing about what its file does not say. */
function factsOf(corridor) {
  const facts = [];
  if (typeof corridor.incidents === 'number') facts.push(t('incidents', { n: number(corridor.incidents) }, corridor.incidents));
  if (typeof corridor.per_100_km_month === 'number') facts.push(t('roadRate', { n: number(corridor.per_100_km_month) }));
  if (corridor.incidents_coarse > 0) facts.push(t('rough', { n: number(corridor.incidents_coarse) }));
  if (corridor.status) facts.push(t('status', { status: corridor.status }));
  return facts;
}

function profileCard(found, { unit, bands, colors }, width_px) {
  const worst = worstBins(found).map(wordsOf);
  const key = bands.length > 1 ? h('ul', { class: 'shares-key' }, bands.map((band, i) => h('li', {},
    s('svg', { class: 'dot', viewBox: '0 0 8 8', 'aria-hidden': 'true' }, s('rect', { width: 8, height: 8, fill: colors[i] })), band))) : '';
  return {
    chart: [
      h('div', { class: 'chart-head' }, h('h3', {}, unit), key),
      stripChart(found, { bands, colors, width_px, told: [unit, t('along', { n: number(Math.round(found.length_km)) }), ...worst].join('. ') }),
    ],
    below: [
      worst.length ? h('div', { class: 'worst' }, h('h3', {}, t('worst')), h('ol', {}, worst.map((words) => h('li', {}, words)))) : '',
      found.note ? h('p', { class: 'fact note' }, found.note) : '',
    ],
  };
}

/** "km 620–630, near Kayes: 7 (plausibly 3 to 14)". */
function wordsOf({ from_km, to_km, total, low, high, near }) {
  const values = { from: number(Math.round(from_km)), to: number(Math.round(to_km)), n: number(total), near };
  const interval = Number.isFinite(low) && Number.isFinite(high) ? ` (${t('interval', { low: number(low), high: number(high) })})` : '';
  return t(near ? 'binNear' : 'bin', values) + interval;
}
