// The sets of the site as raster layers, bottom to top, and their rows in the panel: a switch, an opacity slider, and the
// legend entries of the set under them.

import { openSet } from './archive.js';
import { h } from './dom.js';
import { number, t } from './i18n.js';
import { legendEntry } from './legend.js';

const stacking = ['base', 'heat', 'corridors', 'points', 'labels']; // unknown sets come on top, in the site's order

/** Sets with their state; `link` is what the address asks for (permalink.parse). */
export function makeSets(site, link) {
  const rank = (id) => (stacking.includes(id) ? stacking.indexOf(id) : stacking.length);
  return [...site.sets]
    .sort((a, b) => rank(a.id) - rank(b.id))
    .map((set) => ({
      ...set,
      name: set.title ?? t(set.id),
      layer: `set-${set.id}`,
      shown: link.on.includes(set.id) || ((set.visible ?? true) && !link.off.includes(set.id)),
      opacity: link.opacity[set.id] ?? set.opacity ?? 1,
      begins: { shown: set.visible ?? true, opacity: set.opacity ?? 1 },
    }));
}

/** Sources and layers of all sets; archives are opened side by side. */
export async function setStyle(sets, site) {
  const opened = await Promise.all(sets.map((set) => openSet(set, site)));
  return {
    sources: Object.fromEntries(sets.map((set, i) => [set.layer, opened[i]])),
    layers: sets.map((set) => ({
      id: set.layer,
      type: 'raster',
      source: set.layer,
      layout: { visibility: set.shown ? 'visible' : 'none' },
      paint: { 'raster-opacity': set.opacity, 'raster-fade-duration': 120 },
    })),
  };
}

/** The rows, in the order in which the legend is read; sets that it does not name come last. `change(set)` is called
    after the switch or the slider has moved. */
export function setRows(sets, legend, change) {
  const entries = legend.entries ?? [];
  const order = [...new Set(entries.map((entry) => entry.set))];
  const place = (id) => (order.includes(id) ? order.indexOf(id) : order.length);
  const known = new Set(sets.map((set) => set.id));
  const rows = [...sets].reverse().sort((a, b) => place(a.id) - place(b.id));
  // One flattened set (`all`) carries the entries of every set it was made from.
  const belongs = (entry, set) => entry.set === set.id || (!known.has(entry.set) && set.id === 'all');
  return rows.map((set) => row(set, entries.filter((entry) => belongs(entry, set)), change));
}

/** What differs from the site's own beginning, for the address. */
export function setState(sets) {
  const changed = sets.filter((set) => set.shown !== set.begins.shown);
  return {
    off: changed.filter((set) => !set.shown).map((set) => set.id),
    on: changed.filter((set) => set.shown).map((set) => set.id),
    opacity: Object.fromEntries(sets.filter((set) => set.opacity !== set.begins.opacity).map((set) => [set.id, set.opacity])),
  };
}

function row(set, entries, change) {
  const box = h('div', { class: 'set', 'data-set': set.id });
  const knob = h('input', { type: 'checkbox', role: 'switch', class: 'switch', checked: set.shown, onchange: () => update({ shown: knob.checked }) });
  const slider = h('input', { type: 'range', class: 'slider', min: 0, max: 100, step: 5, value: Math.round(set.opacity * 100),
    'aria-label': t('opacity', { name: set.name }), oninput: () => update({ opacity: slider.valueAsNumber / 100 }) });

  function update(state) {
    Object.assign(set, state);
    reflect();
    change(set);
  }
  function reflect() {
    box.classList.toggle('off', !set.shown);
    slider.disabled = !set.shown;
    const percent = t('percent', { n: number(Math.round(set.opacity * 100)) });
    slider.setAttribute('aria-valuetext', percent);
    slider.title = percent;
    slider.style.setProperty('--filled', `${set.opacity * 100}%`);
  }

  reflect();
  box.append(h('div', { class: 'row' }, h('label', {}, knob, h('span', { class: 'set-name' }, set.name)), slider));
  if (entries.length) box.append(h('ul', { class: 'entries' }, entries.map(legendEntry)));
  return box;
}
