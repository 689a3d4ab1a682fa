// Draws legend.json: the same object that coloured the tiles, so the same colours, breaks and words. Symbols are SVG with
// the sizes of the map.

import { h, s } from './dom.js';
import { number } from './i18n.js';

const key_width = 34, key_height = 20; // CSS pixels of a symbol's box

/** One entry: a symbol with its label, or a heat ramp. */
export function legendEntry(entry) {
  if (entry.symbol === 'ramp' && entry.ramp) return ramp(entry, entry.ramp);
  if (entry.symbol === 'text') return h('li', { class: 'entry words' }, entry.label);
  return h('li', { class: 'entry' }, symbol(entry), h('span', {}, entry.label));
}

/** The part of the heat ramp between its first and last tick at a glance, for the folded panel of a phone; undefined where there
    is no ramp. */
export function rampAtAGlance(entries) {
  const shown = entries.find((entry) => entry.ramp)?.ramp;
  if (!shown?.ticks.length) return undefined;
  const [first, last] = [shown.ticks[0], shown.ticks.at(-1)];
  const bar = strip(shown.stops);
  const part = last.at - first.at;
  if (part > 0 && part < 1) {
    bar.style.backgroundSize = `${100 / part}% 100%`;
    bar.style.backgroundPosition = `${(100 * first.at) / (1 - part)}% 0`;
  }
  return h('span', { class: 'glance' }, first.label, bar, last.label, ` ${shown.unit}`);
}

/** The notes under the legend, in their order. */
export function legendNotes(notes) {
  return h('ul', { class: 'notes' }, notes.map((note) => h('li', {}, note)));
}

/** Shares of a whole as one bar with its key: `[{label, events}]`, best located first. */
export function precisionBar(title, classes) {
  const total = classes.reduce((sum, { events }) => sum + events, 0);
  if (!(total > 0)) return undefined;
  const bar = s('svg', { class: 'shares', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const key = h('ul', { class: 'shares-key' });
  let from = 0;
  classes.forEach(({ label, events }, i) => {
    const width = (100 * events) / total;
    const shade = `share share-${Math.min(i, 4)}`;
    bar.append(s('rect', { class: shade, x: from, y: 0, width, height: 6 }));
    key.append(h('li', {}, s('svg', { class: 'dot', viewBox: '0 0 8 8', 'aria-hidden': 'true' }, s('rect', { class: shade, width: 8, height: 8 })),
      `${label} `, h('b', {}, number(events))));
    from += width;
  });
  return h('div', { class: 'precision' }, h('h3', {}, title), bar, key);
}

function symbol(entry) {
  const box = s('svg', { class: 'key', viewBox: `0 0 ${key_width} ${key_height}`, width: key_width, height: key_height, 'aria-hidden': 'true' });
  const middle = key_height / 2;
  const width = entry.width_px || 0;
  if (entry.symbol === 'circle') {
    const radius = Math.min(entry.size_px || 8, key_height - 2) / 2;
    box.append(s('circle', { cx: key_width / 2, cy: middle, r: radius, fill: entry.color, stroke: entry.stroke, 'stroke-width': width || 1 }));
  } else if (entry.symbol === 'line') {
    const along = { x1: 1, x2: key_width - 1, y1: middle, y2: middle };
    const core = Math.max(width, 1);
    // A line with a stroke colour is a ribbon: its casing is drawn under it.
    if (isSeen(entry.stroke)) box.append(s('line', { ...along, stroke: entry.stroke, 'stroke-width': core + 2 }));
    const dashes = entry.dashes?.length ? entry.dashes.map((d) => d * core).join(' ') : undefined; // multiples of the width
    box.append(s('line', { ...along, stroke: entry.color, 'stroke-width': core, 'stroke-dasharray': dashes }));
  } else {
    const inset = 3.5;
    box.append(s('rect', { class: isSeen(entry.stroke) ? undefined : 'plain', x: inset, y: inset, width: key_width - 2 * inset, height: key_height - 2 * inset, fill: entry.color,
      stroke: isSeen(entry.stroke) ? entry.stroke : undefined, 'stroke-width': width || 1 }));
  }
  return box;
}

function ramp(entry, { stops, ticks = [], unit = '', below = '' }) {
  const scale = h('div', { class: 'scale' }, ticks.map(({ at, label }) => {
    const tick = h('span', { class: at < 0.04 ? 'tick first' : at > 0.96 ? 'tick last' : 'tick' }, label);
    tick.style.left = `${100 * Math.min(Math.max(at, 0), 1)}%`;
    return tick;
  }));
  const told = `${entry.label}: ${ticks.map(({ label }) => label).join(', ')} ${unit}`;
  return h('li', { class: 'entry ramp' },
    h('span', { class: 'ramp-label' }, entry.label, unit && unit !== entry.label ? h('span', { class: 'unit' }, unit) : null),
    h('div', { role: 'img', 'aria-label': told }, strip(stops), scale),
    below ? h('span', { class: 'below' }, below) : null);
}

/** The colours of a ramp from low to high; a span, because it stands inside a summary too. */
function strip(stops) {
  const bar = h('span', { class: 'strip' });
  bar.style.backgroundImage = `linear-gradient(to right, ${stops.join(', ')})`;
  return bar;
}

/** False for colours that draw nothing: empty, `transparent`, or written with an alpha of 0. */
function isSeen(color) {
  return Boolean(color) && !/^transparent$|^#[0-9a-f]{6}00$|,\s*0(\.0+)?\s*\)$/i.test(color);
}
