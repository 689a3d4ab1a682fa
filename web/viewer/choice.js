// What a reader can choose on the map: a corridor or a unit, one at a time. Clicks, hovering, Enter on the middle of the map,
// the card that tells about it, and the lists in the panel through which keyboards and screen readers reach the same.
//
// A kind (units.js, corridors.js) says what it knows: `things`; `source`, `layer` and `reaches_px` to find them under a point;
// `about(thing)` and `facts(thing)` for the card, and where `isWide(thing)` also `more(thing, width_px)`: a `chart` of
// that width and what goes `below` it; and what listOf() wants.
// A thing is `{id, name, parts, properties, box}`: the features of one name, with their numbers.

import { showBox } from './camera.js';
import { byId, h } from './dom.js';
import { compareNames, number, t } from './i18n.js';

const listed = 6; // things in a ranking

/** Gathers features into things and numbers them, which MapLibre's feature state needs. Those of one `id` are one thing. */
export function thingsOf(collection) {
  const things = new Map();
  collection.features.forEach((feature, i) => {
    feature.id = i;
    const { id, name } = feature.properties;
    const key = id === undefined ? `name ${name} ${i}` : String(id);
    if (!things.has(key)) things.set(key, { id: String(id ?? name), name: String(name ?? id), parts: [], properties: feature.properties, box: [Infinity, Infinity, -Infinity, -Infinity] });
    const thing = things.get(key);
    thing.parts.push(i);
    extend(thing.box, feature.geometry?.coordinates ?? []);
  });
  return [...things.values()];
}

/** A paint value for the thing chosen, the one under the pointer, and all others (0). */
export const byState = (chosen, hovered) =>
  ['case', ['boolean', ['feature-state', 'chosen'], false], chosen, ['boolean', ['feature-state', 'hovered'], false], hovered, 0];

/** Makes `kinds` answer, the first of them where two lie under the pointer. `changed()` is called when another thing is
    chosen. Returns `{chosen(), choose(key, id, {move})}`. */
export function connectChoice(map, kinds, site, changed) {
  const card = byId('card'), said = byId('said'), canvas = map.getCanvas();
  const nothing = {};
  let chosen = nothing, hovered = nothing; // { kind, thing }

  const mark = ({ kind, thing }, state) => thing?.parts.forEach((id) => map.setFeatureState({ source: kind.source, id }, state));

  /** What lies at a point, of the first kind that has something there: roads share their last stretch into a town. */
  function allAt(point) {
    for (const kind of kinds) {
      for (const reach of kind.reaches_px) {
        const area = reach ? [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]] : point;
        const ids = new Set(map.queryRenderedFeatures(area, { layers: [kind.layer] }).map((hit) => hit.id));
        if (ids.size) return kind.things.filter(({ parts }) => parts.some((id) => ids.has(id))).map((thing) => ({ kind, thing }));
      }
    }
    return [];
  }

  /** Chooses `next`; `all` are the others at the same place. */
  function choose(next, { move = false, all = [] } = {}) {
    mark(chosen, { chosen: false });
    chosen = { ...next, all };
    mark(chosen, { chosen: true });
    const { kind, thing } = chosen;
    card.hidden = !thing;
    if (thing) {
      fill(chosen);
      if (move) moveTo(thing.box);
    }
    said.textContent = thing ? [thing.name, ...kind.facts(thing)].join('. ') : '';
    for (const one of kinds) one.list.reflect(one === kind ? thing : undefined);
    changed();
  }

  /** Shows a box in what the controls leave of the map, and the card where it lies along the bottom. */
  function moveTo(box) {
    const { clientHeight: high } = map.getContainer();
    const covered = card.offsetTop > high / 4 ? Math.min(high - card.offsetTop, 0.72 * high) : 0;
    const padding = { top: 32, right: 64, left: 64, bottom: Math.max(32, covered + 24) };
    showBox(map, box, padding, { maxZoom: site.max_zoom - 2 });
  }

  function fill({ kind, thing, all }) {
    const [count, ...others] = kind.facts(thing);
    const about = kind.about(thing).filter(Boolean).join(' · ');
    const close = () => { choose(nothing); canvas.focus(); };
    card.setAttribute('aria-label', thing.name);
    const wide = Boolean(kind.isWide?.(thing));
    card.classList.toggle('wide', wide);
    card.scrollTop = 0;
    const told = h('div', { class: 'told' },
      about ? h('p', { class: 'kind' }, about) : '',
      h('h2', {}, thing.name),
      count ? h('p', { class: 'count' }, count) : '',
      ...others.map((fact) => h('p', { class: 'fact' }, fact)),
      ...all.filter((one) => one.thing !== thing).map((one) => h('p', { class: 'fact' }, `${t('alsoHere')} `,
        h('button', { type: 'button', class: 'link', onclick: () => { choose(one, { all }); card.querySelector('.link').focus(); } }, one.thing.name))));
    const chart = h('div', { class: 'chart' });
    card.replaceChildren(h('button', { class: 'close', type: 'button', 'aria-label': t('close'), onclick: close }, '×'), told);
    if (!wide) return;
    card.append(chart);
    const more = kind.more(thing, chart.clientWidth);
    chart.append(...more.chart);
    card.append(...more.below);
  }

  for (const kind of kinds) kind.list = listOf(kind, (thing) => choose(thing ? { kind, thing } : nothing, { move: true }));

  const chooseAt = (point) => {
    const all = allAt(point);
    choose(all[0] ?? nothing, { all });
  };
  map.on('click', ({ point }) => chooseAt(point));
  map.on('mousemove', ({ point }) => {
    const next = allAt(point)[0] ?? nothing;
    if (next.thing === hovered.thing) return;
    mark(hovered, { hovered: false });
    hovered = next;
    mark(hovered, { hovered: true });
    canvas.style.cursor = hovered.thing ? 'pointer' : '';
  });
  map.on('mouseout', () => { mark(hovered, { hovered: false }); hovered = nothing; });
  canvas.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    chooseAt(map.project(map.getCenter()));
    if (!chosen.thing) said.textContent = t('nothingHere');
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && chosen.thing) choose(nothing); });
  map.on('resize', () => { if (chosen.thing) fill(chosen); });

  return {
    chosen: () => (chosen.thing ? { [chosen.kind.key]: chosen.thing.id } : {}),
    choose(key, id, options) {
      const kind = kinds.find((one) => one.key === key);
      const thing = kind?.things.find((one) => one.id === id);
      choose(thing ? { kind, thing } : nothing, options);
    },
  };
}

/** A section of the panel: the first few things by number, and a choice of all by name. */
function listOf({ things, section, heading, unit, chooseLabel, countOf, optionOf }, choose) {
  const top = things.filter((thing) => countOf(thing) > 0)
    .sort((a, b) => countOf(b) - countOf(a) || compareNames(a.name, b.name)).slice(0, listed);

  const buttons = new Map();
  const rows = top.map((thing) => {
    const bar = h('span', { class: 'bar' });
    bar.style.width = `${(100 * countOf(thing)) / countOf(top[0])}%`;
    const button = h('button', { type: 'button', class: 'rank', 'aria-pressed': 'false', onclick: () => choose(thing) },
      h('span', { class: 'rank-name' }, thing.name), h('span', { class: 'rank-count' }, number(countOf(thing))), bar);
    buttons.set(thing, button);
    return h('li', {}, button);
  });

  const byName = [...things].sort((a, b) => compareNames(a.name, b.name));
  const select = h('select', { id: `${section}-choice`, onchange: () => choose(byName[Number(select.value || NaN)]) },
    h('option', { value: '' }, t('pick')), byName.map((thing, i) => h('option', { value: i }, optionOf(thing))));

  const box = byId(section);
  box.hidden = false;
  box.replaceChildren(h('h2', { id: `${section}-name` }, heading, unit && rows.length ? h('span', { class: 'unit' }, unit) : null),
    rows.length ? h('ol', { class: 'ranks' }, rows) : '', h('label', { class: 'find', for: select.id }, chooseLabel, select));

  return {
    reflect(chosen) {
      for (const [thing, button] of buttons) button.setAttribute('aria-pressed', String(thing === chosen));
      select.value = chosen ? byName.indexOf(chosen) : '';
    },
  };
}

/** Widens a box (west, south, east, north) by the coordinates of a geometry. */
function extend(box, part) {
  if (typeof part[0] !== 'number') return part.forEach((inner) => extend(box, inner));
  box[0] = Math.min(box[0], part[0]); box[1] = Math.min(box[1], part[1]);
  box[2] = Math.max(box[2], part[0]); box[3] = Math.max(box[3], part[1]);
}
