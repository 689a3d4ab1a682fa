// Incidents per unit: an invisible layer that answers clicks, an outline of the unit chosen, a card that tells its
// numbers, and a list of the units with most incidents, through which keyboards and screen readers reach the same.

import { readJson } from './config.js';
import { byId, h } from './dom.js';
import { compareNames, number, t } from './i18n.js';

const listed = 6; // units in the ranking

/** Reads the units; each feature gets a number as id, which MapLibre's feature state needs. */
export async function readUnits(path) {
  const collection = await readJson(path);
  collection.features.forEach((feature, i) => { feature.id = i; });
  return collection;
}

/** Sources and layers over the sets: something to click, and the outline of the unit hovered or chosen. */
export function unitStyle(units, ink, paper) {
  const state = (chosen, hovered) => ['case', ['boolean', ['feature-state', 'chosen'], false], chosen, ['boolean', ['feature-state', 'hovered'], false], hovered, 0];
  const outline = (id, color, width, opacity) => ({ id, type: 'line', source: 'units', layout: { 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': width, 'line-opacity': opacity } });
  return {
    sources: { units: { type: 'geojson', data: units, tolerance: 0.1 } },
    layers: [
      { id: 'units', type: 'fill', source: 'units', paint: { 'fill-opacity': 0 } },
      outline('units-casing', paper, 5, state(0.85, 0.5)),
      outline('units-line', ink, 2, state(1, 0.55)),
    ],
  };
}

/** Makes clicks, hovering, Enter, the ranking and the search work. `changed()` is called when another unit is chosen.
    Returns `{chosen(), choose(id, {move})}`; ids are those of the file (`properties.id`, else the name). */
export function connectUnits(map, units, site, changed) {
  const features = units.features;
  const key = (feature) => String(feature.properties.id ?? feature.properties.name);
  const card = byId('card'), said = byId('said');
  let chosen, hovered;

  const mark = (feature, state) => feature && map.setFeatureState({ source: 'units', id: feature.id }, state);
  const at = (point) => {
    const hit = map.queryRenderedFeatures(point, { layers: ['units'] })[0];
    return hit && features[hit.id];
  };

  function choose(feature, { move = false } = {}) {
    mark(chosen, { chosen: false });
    chosen = feature;
    mark(chosen, { chosen: true });
    card.hidden = !feature;
    if (feature) {
      card.replaceChildren(...cardOf(feature, site, () => { choose(undefined); map.getCanvas().focus(); }));
      card.setAttribute('aria-label', feature.properties.name);
      if (move) map.fitBounds(extentOf(feature.geometry), { padding: 80, maxZoom: site.max_zoom - 2 });
    }
    said.textContent = feature ? [feature.properties.name, ...factsOf(feature.properties)].join('. ') : '';
    list.reflect(feature);
    changed();
  }

  const list = ranking(features, site, (feature) => choose(feature, { move: true }));
  map.on('click', (event) => choose(at(event.point)));
  map.on('mousemove', (event) => {
    const feature = at(event.point);
    if (feature === hovered) return;
    mark(hovered, { hovered: false });
    hovered = feature;
    mark(hovered, { hovered: true });
    map.getCanvas().style.cursor = hovered ? 'pointer' : '';
  });
  map.on('mouseout', () => { mark(hovered, { hovered: false }); hovered = undefined; });
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const feature = at(map.project(map.getCenter()));
    choose(feature);
    if (!feature) said.textContent = t('nothingHere');
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && chosen) choose(undefined); });

  return {
    chosen: () => chosen && key(chosen),
    choose: (id, options) => choose(features.find((feature) => key(feature) === id), options),
  };
}

/** The sentences about a unit, the number first. */
function factsOf(unit) {
  if (typeof unit.incidents !== 'number') return [t('uncovered')];
  const facts = [t('incidents', { n: number(unit.incidents) }, unit.incidents)];
  if (typeof unit.per_1000_km2 === 'number') facts.push(t('rate', { n: number(unit.per_1000_km2) }));
  if (unit.incidents_coarse > 0) facts.push(t('coarse', { n: number(unit.incidents_coarse) }));
  return facts;
}

function cardOf(feature, site, close) {
  const unit = feature.properties;
  const [count, ...others] = factsOf(unit);
  const kind = [unit.level ?? site.units.level, unit.country].filter(Boolean).join(' · ');
  return [
    h('button', { class: 'close', type: 'button', 'aria-label': t('close'), onclick: close }, '×'),
    kind ? h('p', { class: 'kind' }, kind) : '',
    h('h2', {}, unit.name),
    h('p', { class: 'count' }, count),
    ...others.map((fact) => h('p', { class: 'fact' }, fact)),
  ];
}

/** The panel's list of units: the first few by number, and a choice of all by name. */
function ranking(features, site, choose) {
  const count = (feature) => feature.properties.incidents ?? -1;
  const name = (feature) => feature.properties.name;
  const top = features.filter((feature) => count(feature) > 0)
    .sort((a, b) => count(b) - count(a) || compareNames(name(a), name(b))).slice(0, listed);

  const buttons = new Map();
  const rows = top.map((feature) => {
    const bar = h('span', { class: 'bar' });
    bar.style.width = `${(100 * count(feature)) / count(top[0])}%`;
    const button = h('button', { type: 'button', class: 'rank', 'aria-pressed': 'false', onclick: () => choose(feature) },
      h('span', { class: 'rank-name' }, name(feature)), h('span', { class: 'rank-count' }, number(count(feature))), bar);
    buttons.set(feature, button);
    return h('li', {}, button);
  });

  const options = [...features].sort((a, b) => compareNames(name(a), name(b)))
    .map((feature) => h('option', { value: feature.id }, [name(feature), feature.properties.country].filter(Boolean).join(', ')));
  const select = h('select', { id: 'unit-choice', onchange: () => choose(features[select.value]) },
    h('option', { value: '' }, t('pick')), options);

  const section = byId('units');
  section.hidden = false;
  section.replaceChildren(h('h2', { id: 'units-name' }, t('most'), site.units.level ? h('span', { class: 'unit' }, t('by', { level: site.units.level })) : null),
    h('ol', { class: 'ranks' }, rows), h('label', { class: 'find', for: 'unit-choice' }, t('chooseUnit'), select));

  return {
    reflect(chosen) {
      for (const [feature, button] of buttons) button.setAttribute('aria-pressed', String(feature === chosen));
      select.value = chosen ? chosen.id : '';
    },
  };
}

/** West, south, east, north of a polygon or multipolygon. */
function extentOf(geometry) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  (function walk(part) {
    if (typeof part[0] !== 'number') return part.forEach(walk);
    box[0] = Math.min(box[0], part[0]); box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]); box[3] = Math.max(box[3], part[1]);
  })(geometry.coordinates);
  return box;
}
