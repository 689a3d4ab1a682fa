// The sets of the site, bottom to top, and their rows in the panel: a switch, an opacity slider, the legend entries of the
// set under them, and a word where the set cannot be seen. How they get onto the map is in layers.js.

import { h } from './dom.js';
import { number, t } from './i18n.js';
import { legendEntry } from './legend.js';

const stacking = ['all', 'base', 'heat', 'corridors', 'points', 'labels']; // other sets come on top, in the site's order
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** Sets with their state; `link` is what the address asks for (permalink.parse). */
export function makeSets(site, link) {
  const names = namesOf(site);
  const rank = ({ id, stack = id }) => (stacking.includes(stack) ? stacking.indexOf(stack) : stacking.length);
  return [...site.sets]
    .sort((a, b) => rank(a) - rank(b))
    .map((set) => {
      const begins = { shown: set.visible ?? true, opacity: set.opacity ?? 1 };
      return {
        ...set,
        begins,
        name: names.get(set.id),
        shown: link.on.includes(set.id) || (begins.shown && !link.off.includes(set.id)),
        opacity: own(link.opacity, set.id) ?? begins.opacity,
        holed: new Set(), // the frames of which tiles could not be loaded
      };
    });
}

/** Names by id: titles without the site's own that they repeat ("My map – heat"), in the viewer's words where it has some; ids
    beside those that would be the same. */
function namesOf({ sets, title }) {
  const short = new Map(sets.map((set) => {
    const own = set.title?.startsWith(title) ? set.title.slice(title.length).replace(/^\s*[–—:-]\s*/, '') || set.id : set.title ?? set.id;
    return [set.id, stacking.includes(own) ? t(own) : own];
  }));
  const twice = (name) => [...short.values()].filter((other) => other === name).length > 1;
  return new Map([...short].map(([id, name]) => [id, twice(name) && name !== id ? `${name} (${id})` : name]));
}

/** The rows, in the order in which the legend is read; sets that it does not name come last, the topmost first. `change(set)`
    is called after the switch or the slider has moved, `visit(set)` where the reader asks to see where a set lies.
    Returns the elements, and `tell(set, words)` that says under a set's name why it is not seen ("" takes it back). */
export function setRows(sets, legend, site, { change, visit }) {
  const entries = legend.entries ?? [];
  const order = [...new Set(entries.map((entry) => entry.set))];
  const place = (id) => (order.includes(id) ? order.indexOf(id) : order.length);
  const known = new Set(sets.map((set) => set.id));
  // A set that was flattened, or has another name here, carries the entries of the sets that it was made from.
  const flat = known.has('all') ? 'all' : sets.length === 1 ? sets[0].id : undefined;
  const ownerOf = (entry) => (known.has(entry.set) ? entry.set : flat);

  const rows = new Map([...sets].reverse().sort((a, b) => place(a.id) - place(b.id))
    .map((set) => [set, row(set, entries.filter((entry) => ownerOf(entry) === set.id), { change, visit: isFarSmaller(set, site) && visit })]));
  const others = entries.filter((entry) => ownerOf(entry) === undefined);
  return {
    elements: [...[...rows.values()].map(({ box }) => box), ...(others.length ? [h('ul', { class: 'entries others' }, others.map(legendEntry))] : [])],
    tell: (set, words) => rows.get(set).tell(words),
    fail: (set, words) => rows.get(set).fail(words),
  };
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

/** Whether a set covers so little of the site that a reader may look for it in vain: less than a third either way. */
function isFarSmaller(set, site) {
  if (!set.bounds) return false;
  const [wide, high] = [0, 1].map((i) => (set.bounds[i + 2] - set.bounds[i]) / (site.bounds[i + 2] - site.bounds[i]));
  return Math.min(wide, high) < 1 / 3;
}

function row(set, entries, { change, visit }) {
  const box = h('div', { class: 'set', 'data-set': set.id });
  const knob = h('input', { type: 'checkbox', role: 'switch', class: 'switch', checked: set.shown, onchange: () => update({ shown: knob.checked }) });
  const slider = h('input', { type: 'range', class: 'slider', min: 0, max: 100, step: 5, value: Math.round(set.opacity * 100),
    'aria-label': t('opacity', { name: set.name }), oninput: () => update({ opacity: slider.valueAsNumber / 100 }) });
  const why = h('p', { class: 'why', id: `why-${set.id}`, hidden: true });
  knob.setAttribute('aria-describedby', why.id);

  function update(state) {
    Object.assign(set, state);
    reflect();
    change(set);
  }
  function reflect() {
    box.classList.toggle('off', !set.shown);
    slider.disabled = !set.shown || knob.disabled;
    const percent = t('percent', { n: number(Math.round(set.opacity * 100)) });
    slider.setAttribute('aria-valuetext', percent);
    slider.title = percent;
    slider.style.setProperty('--filled', `${set.opacity * 100}%`);
  }
  function tell(words) {
    if (knob.disabled || why.textContent === words) return;
    why.textContent = words;
    why.hidden = !words;
  }
  function fail(words) {
    tell(words);
    box.classList.add('failed');
    knob.disabled = true;
    reflect();
  }

  reflect();
  box.append(h('div', { class: 'row' }, h('label', {}, knob, h('span', { class: 'set-name' }, set.name)), slider), why);
  if (visit) box.append(h('button', { type: 'button', class: 'visit', onclick: () => visit(set), 'aria-label': t('visitSet', { name: set.name }) }, t('visit')));
  if (entries.length) box.append(h('ul', { class: 'entries' }, entries.map(legendEntry)));
  return { box, tell, fail };
}
