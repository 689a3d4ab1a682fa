// The profile of a road as a strip chart: kilometres along it, incidents of each bin stacked by distance, nearest at the
// bottom, the towns over it and the countries under it. SVG at the width it is given, so that letters keep their size.

import { s } from './dom.js';
import { number, t } from './i18n.js';

const margin = { left: 28, right: 10 };
const town_row = 14, plot_height = 92, axis_height = 18, country_height = 16;
const near_km = 25; // a bin is told by a town no farther than this

/** The chart. `told` is what it says in words. */
export function stripChart({ length_km, bins, stations = [], borders = [] }, { bands, colors, width_px, told }) {
  const width = Math.max(240, Math.round(width_px));
  const x = (km) => margin.left + ((width - margin.left - margin.right) * km) / length_km;
  const towns = placed(stations, x, width);
  const top = town_row * (1 + Math.max(-1, ...towns.map(({ row = -1 }) => row))) + 6, bottom = top + plot_height;
  const most = niceCeiling(Math.max(0, ...bins.map(({ counts }) => sum(counts))));
  const y = (count) => bottom - (plot_height * count) / most;
  const height = bottom + axis_height + (borders.length ? country_height : 0);
  const chart = s('svg', { class: 'strip-chart', role: 'img', 'aria-label': told, viewBox: `0 0 ${width} ${height}`, width, height });

  chart.append(s('rect', { class: 'plate', x: margin.left, y: top, width: width - margin.left - margin.right, height: plot_height }));
  for (const value of [most / 2, most]) {
    if (!Number.isInteger(value) && most >= 1) continue; // half an incident says nothing
    chart.append(s('line', { class: 'grid', x1: margin.left, x2: width - margin.right, y1: y(value), y2: y(value) }), text(number(value), margin.left - 5, y(value) + 4, 'end'));
  }
  chart.append(text('0', margin.left - 5, bottom + 4, 'end'));

  for (const [from_km, to_km] of uncovered(bins)) {
    chart.append(s('rect', { class: 'uncovered', x: x(from_km), y: top, width: x(to_km) - x(from_km), height: plot_height }));
    const words = t('noData');
    if (widthOf(words) < x(to_km) - x(from_km) - 8) chart.append(text(words, (x(from_km) + x(to_km)) / 2, bottom - plot_height / 4 + 4, 'middle', 'within'));
  }
  for (const { name, at_km, row, middle } of towns) {
    chart.append(s('line', { class: row === undefined ? 'station' : 'leader', x1: x(at_km), x2: x(at_km), y1: row === undefined ? bottom - 4 : town_row * (row + 1), y2: bottom }));
  }
  for (const { name, row, middle } of towns) if (row !== undefined) chart.append(text(name, middle, town_row * (row + 1) - 3, 'middle', 'town'));
  const usual = bins.length ? x(bins[0].to_km) - x(bins[0].from_km) : 0;
  const gap = usual > 4 ? 1 : usual > 2 ? 0.5 : 0;
  for (const bin of bins) chart.append(...bars(bin, { x, y, gap, bands, colors }));

  chart.append(s('line', { class: 'axis', x1: margin.left, x2: width - margin.right, y1: bottom, y2: bottom }));
  const step = niceStep(length_km, (width - margin.left - margin.right) / 64);
  for (let km = 0; km <= length_km; km += step) {
    const last = km + step > length_km;
    chart.append(s('line', { class: 'axis', x1: x(km), x2: x(km), y1: bottom, y2: bottom + 4 }),
      text(last ? t('km', { n: number(km) }) : number(km), x(km), bottom + 15, last && width - x(km) < 28 ? 'end' : 'middle'));
  }
  if (borders.length) chart.append(...countries(borders, length_km, x, bottom + axis_height, top));
  return chart;
}

/** The bins with most incidents, the first `n`, each with its total and the nearest town. */
export function worstBins({ bins, stations = [] }, n = 3) {
  return bins.map((bin) => ({ ...bin, total: sum(bin.counts), near: nearest(stations, (bin.from_km + bin.to_km) / 2) }))
    .filter(({ total }) => total > 0).sort((a, b) => b.total - a.total || a.from_km - b.from_km).slice(0, n);
}

function bars({ from_km, to_km, counts }, { x, y, gap, bands, colors }) {
  const left = x(from_km), wide = x(to_km) - left;
  let base = 0;
  return counts.map((count, i) => {
    const bar = s('rect', { x: left + gap / 2, width: Math.max(0.5, wide - gap), y: y(base + count), height: y(base) - y(base + count), fill: colors[i] },
      s('title', {}, `${t('bin', { from: number(Math.round(from_km)), to: number(Math.round(to_km)), n: number(count) })} (${bands[i]})`));
    base += count;
    return count > 0 ? bar : undefined;
  }).filter(Boolean);
}

/** Stretches that the data does not cover: bins without an interval, where others have one. */
function uncovered(bins) {
  const covered = (bin) => Number.isFinite(bin.low);
  if (!bins.some(covered)) return [];
  const stretches = [];
  bins.forEach((bin, i) => {
    if (covered(bin)) return;
    if (i > 0 && !covered(bins[i - 1])) stretches.at(-1)[1] = bin.to_km;
    else stretches.push([bin.from_km, bin.to_km]);
  });
  return stretches;
}

/** A row of countries under the axis, parted where the road crosses a border. */
function countries(borders, length_km, x, y, top) {
  const parts = [];
  const ordered = [...borders].sort((a, b) => a.at_km - b.at_km);
  const line = (kind, km, y1, y2) => s('line', { class: kind, x1: x(km), x2: x(km), y1, y2 });
  ordered.forEach(({ at_km }) => parts.push(line('border within', at_km, top, y - axis_height), line('border', at_km, y + 2, y + country_height)));
  const names = [ordered[0].before, ...ordered.map(({ after }) => after)];
  names.forEach((name, i) => {
    const [from, to] = [i ? ordered[i - 1].at_km : 0, i < ordered.length ? ordered[i].at_km : length_km].map(x);
    if (name && widthOf(name) < to - from - 6) parts.push(text(name, (from + to) / 2, y + 12, 'middle', 'country'));
  });
  return parts;
}

/** Towns with the row of their name (0 on top), undefined where there is no room: both ends first, then in the file's order. */
function placed(stations, x, width) {
  const order = [...stations].sort((a, b) => a.at_km - b.at_km);
  const taken = [[], []];
  const rows = new Map();
  for (const station of new Set([order[0], order.at(-1), ...stations].filter(Boolean))) {
    const half = widthOf(station.name) / 2;
    const middle = Math.min(Math.max(x(station.at_km), half), width - half);
    const row = [1, 0].find((r) => taken[r].every(([from, to]) => middle + half + 6 < from || middle - half - 6 > to));
    if (row === undefined) continue;
    taken[row].push([middle - half, middle + half]);
    rows.set(station, { row, middle });
  }
  // With nothing in the upper row the lower one is the first.
  const lift = taken[0].length ? 0 : 1;
  return order.map((station) => ({ ...station, ...(rows.has(station) ? { ...rows.get(station), row: rows.get(station).row - lift } : {}) }));
}

const text = (words, x, y, anchor, kind = 'figure') => s('text', { class: kind, x, y, 'text-anchor': anchor }, words);
const sum = (counts) => counts.reduce((total, count) => total + count, 0);

function nearest(stations, km) {
  const found = stations.reduce((best, one) => (!best || Math.abs(one.at_km - km) < Math.abs(best.at_km - km) ? one : best), undefined);
  return found && Math.abs(found.at_km - km) <= near_km ? found.name : undefined;
}

/** The smallest of 1, 2, 4, 6, 8, 10 times a power of ten that is not below `value`. */
function niceCeiling(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 4, 6, 8, 10].find((step) => step * power >= value * (1 - 1e-12));
}

/** A step of 1, 2 or 5 times a power of ten that makes at most `many` ticks. */
function niceStep(length, many) {
  const power = 10 ** Math.floor(Math.log10(length / many));
  return power * [1, 2, 5, 10].find((step) => length / (step * power) <= many);
}

let ruler;
function widthOf(words) {
  ruler ??= Object.assign(document.createElement('canvas').getContext('2d'), { font: `11px ${getComputedStyle(document.body).fontFamily}` });
  return ruler.measureText(words).width;
}
