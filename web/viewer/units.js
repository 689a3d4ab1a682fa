// Incidents per unit: an invisible layer that answers clicks, the outline of the unit hovered or chosen, and its numbers.

import { byState, thingsOf } from './choice.js';
import { readJson } from './config.js';
import { number, t } from './i18n.js';

/** The units as a kind for connectChoice, with what it draws (`sources`, `layers`). */
export async function readUnits({ path, level }, ink, paper) {
  const collection = await readJson(path);
  const outline = (id, color, width, opacity) => ({ id, type: 'line', source: 'units', layout: { 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': width, 'line-opacity': opacity } });
  return {
    key: 'unit', source: 'units', layer: 'units', reaches_px: [0],
    things: thingsOf(collection),
    sources: { units: { type: 'geojson', data: collection, tolerance: 0.1 } },
    layers: [
      { id: 'units', type: 'fill', source: 'units', paint: { 'fill-opacity': 0 } },
      outline('units-casing', paper, 5, byState(0.85, 0.5)),
      outline('units-line', ink, 2, byState(1, 0.55)),
    ],
    section: 'units', heading: t('most'), unit: level && t('by', { level }), chooseLabel: t('chooseUnit'),
    countOf: ({ properties }) => properties.incidents ?? 0,
    optionOf: ({ name, properties }) => [name, properties.country].filter(Boolean).join(', '),
    about: ({ properties }) => [properties.level ?? level, properties.country],
    facts: ({ properties }) => factsOf(properties),
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
