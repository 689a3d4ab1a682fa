// The viewer of a map, exported or served: reads site.json, lays out the page, draws the sets with MapLibre GL JS.
// Open config.js next for what is read, sets.js and layers.js for the sets, choice.js for the numbers behind a click.

import * as maplibre from '../vendor/maplibre-gl.js';
import { tileProtocol } from './archive.js';
import { around, showBox } from './camera.js';
import { connectChoice } from './choice.js';
import { SiteError, readSite, resolve } from './config.js';
import { readCorridors } from './corridors.js';
import { byId, h, show } from './dom.js';
import { t } from './i18n.js';
import { connectLayers, pictureOf } from './layers.js';
import { legendNotes, precisionBar, rampAtAGlance } from './legend.js';
import { format, parse } from './permalink.js';
import { makeSets, setRows, setState } from './sets.js';
import { dress } from './theme.js';
import { connectTimeline, stepsOf } from './timeline.js';
import { readUnits } from './units.js';

const narrow = matchMedia('(max-width: 760px)');

start().catch((error) => {
  if (!(error instanceof SiteError)) console.error(error);
  byId('app').hidden = true;
  show(byId('message'), t('loadFailed', { why: error.message }));
});

async function start() {
  const { site, legend } = await readSite();
  const link = parse(location.hash);
  const sets = makeSets(site, link);
  layOut(site, legend);
  if (!document.createElement('canvas').getContext('webgl2')) throw new SiteError(t('noWebgl'));

  const css = getComputedStyle(document.documentElement);
  const ink = css.getPropertyValue('--outline').trim(), paper = css.getPropertyValue('--outline-casing').trim();
  const kinds = (await Promise.all([site.corridors && readCorridors(site.corridors, ink, paper), site.units && readUnits(site.units, ink, paper)])).filter(Boolean);
  byId('app').hidden = false;
  const map = makeMap(site, link, kinds);
  const rows = setRows(sets, legend, site, { change, visit: (set) => showBox(map, set.bounds, around(24)) });
  byId('legend').append(...rows.elements);
  byId('legend').append(...[site.precision && precisionBar(t('precision'), site.precision), legend.notes?.length && legendNotes(legend.notes)].filter(Boolean));

  const steps = stepsOf(sets);
  const begins = steps.find(({ id }) => id === '') ?? steps.at(-1);
  const first = steps.find(({ id }) => id === link.frame) ?? begins;
  let layers, timeline, choice; // in the order in which they come to life; the page answers before

  const frame = () => timeline?.frame() ?? first?.id ?? '';
  /** Says under each set which frame of it is seen, or why nothing is. */
  function explain() {
    const label = steps.find(({ id }) => id === frame())?.label;
    for (const set of sets) {
      if (set.holed.has(set.frames ? frame() : '')) rows.tell(set, t('tileFailed'));
      else if (!pictureOf(set, frame())) rows.tell(set, t('noFrame', { label }));
      else if (layers?.isTooFar(set)) rows.tell(set, t('closer'));
      else rows.tell(set, set.frames && frame() ? label : '');
    }
  }
  /** Keeps the address in step with the page. */
  function remember() {
    const center = map.getCenter();
    history.replaceState(null, '', format({ view: { zoom: map.getZoom(), center: [center.lng, center.lat] }, ...setState(sets),
      frame: frame() === (begins?.id ?? '') ? undefined : frame(), ...choice?.chosen() }));
  }
  function change(set) {
    layers?.paint(set);
    remember();
  }
  function seek({ corridor, unit }, options) {
    const [key, id] = corridor ? ['corridor', corridor] : ['unit', unit];
    if (id) choice?.choose(key, id, options);
  }

  await map.once('style.load');
  // Names stay readable over the corridor that is chosen; a unit's outline goes over the boundaries among them.
  const above = (set) => kinds.find(({ key }) => key === 'unit' || set.id !== 'labels')?.layers[0].id;
  layers = await connectLayers(map, sets, site, above, first?.id ?? '', {
    failed: (set, { message }) => rows.fail(set, t('setFailed', { why: message })),
    missing(set, at) {
      const isNews = !set.holed.has(at) && at === (set.frames ? frame() : '');
      set.holed.add(at);
      if (isNews) byId('said').textContent = `${set.name}: ${t('tileFailed')}`;
      explain();
    },
  });
  if (sets.every((set) => set.failed)) throw new SiteError(sets[0].failed.message);
  if (steps.length > 1) {
    timeline = connectTimeline(steps, first.id, { turn: layers.turn, changed: () => { explain(); remember(); } });
    timeline.go(first.id); // fetches the next one
  }
  if (kinds.length) choice = connectChoice(map, kinds, site, remember);
  seek(link, { move: !link.view });
  explain();
  map.on('zoomend', explain);
  map.on('moveend', remember);
  addEventListener('hashchange', () => {
    const asked = parse(location.hash);
    if (asked.view) map.jumpTo(asked.view);
    timeline?.go(steps.some(({ id }) => id === asked.frame) ? asked.frame : begins.id);
    seek(asked);
  });
  if (!map.loaded()) await map.once('idle');
  document.documentElement.dataset.ready = 'true';
}

/** Everything but the map: words, theme, panel. */
function layOut(site, legend) {
  const turnOver = dress(site);
  document.title = site.title;
  show(byId('title'), site.title);
  show(byId('period'), site.period);
  show(byId('subtitle'), site.subtitle);
  show(byId('banner'), site.illustrative === true ? t('illustrative') : site.illustrative);
  byId('panel-name').append(t('panel'), rampAtAGlance(legend.entries ?? []) ?? '');
  byId('legend').append(h('h2', { id: 'legend-name' }, legend.title && legend.title !== site.title ? legend.title : t('legend')));

  const credits = site.attribution ?? [];
  byId('credits').append(credits.length ? h('p', {}, h('b', {}, t('sources')), ' ', credits.join(' · ')) : h('p'),
    h('p', { class: 'colophon' }, site.generator ?? '', turnOver));

  if (site.files?.length) {
    byId('files').hidden = false;
    byId('files').append(h('h2', { id: 'files-name' }, t('files')),
      h('ul', {}, site.files.map(({ label, path }) => h('li', {}, h('a', { href: resolve(path), download: true }, label)))));
  }

  // On a phone the panel folds away under the map; beside the map it always stands open.
  const fold = () => { byId('panel').open = !narrow.matches; };
  narrow.addEventListener('change', fold);
  fold();
}

function makeMap(site, link, kinds) {
  maplibre.setWorkerUrl(new URL('../vendor/maplibre-gl-worker.js', import.meta.url).href);
  maplibre.addProtocol('pmtiles', tileProtocol);
  const deeper = Math.log2(512 / (site.tile_size ?? 256)); // a tile of zoom z has its natural size at z - deeper here
  const map = new maplibre.Map({
    container: 'map',
    style: {
      version: 8,
      sources: Object.assign({}, ...kinds.map((kind) => kind.sources)),
      layers: [{ id: 'ground', type: 'background', paint: { 'background-color': site.background } }, ...kinds.flatMap((kind) => kind.layers)],
    },
    ...(link.view ?? { bounds: site.bounds }),
    minZoom: Math.max(-2, site.min_zoom - deeper - 0.45), // a tile is drawn from half a level below its natural size
    maxZoom: Math.min(24, site.max_zoom - deeper + 1), // one level over the last tiles
    // Pictures are sharp at whole levels, which only screens of one pixel a pixel show; a phone's map is too small to lose half of it.
    zoomSnap: narrow.matches || devicePixelRatio > 1 ? 0 : 1,
    attributionControl: false, // credits stand under the map, as text
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    locale: {
      'Map.Title': [t('mapLabel', { title: site.title }), kinds.length ? t('mapEnter') : ''].join(' ').trim(),
      'NavigationControl.ZoomIn': t('zoomIn'),
      'NavigationControl.ZoomOut': t('zoomOut'),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(homeControl(() => showBox(map, site.bounds, around(12))), 'top-right');
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
  if (!link.view) showBox(map, site.bounds, around(12), { animate: false });
  return map;
}

/** A MapLibre control with one button: back to the whole map. */
function homeControl(go) {
  const button = h('button', { type: 'button', class: 'home', title: t('home'), 'aria-label': t('home'), onclick: go }, h('span', { class: 'maplibregl-ctrl-icon', 'aria-hidden': 'true' }));
  const box = h('div', { class: 'maplibregl-ctrl maplibregl-ctrl-group' }, button);
  return { onAdd: () => box, onRemove: () => box.remove() };
}
