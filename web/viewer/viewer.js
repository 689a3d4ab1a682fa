// The viewer of an exported map: reads site.json, lays out the page, draws the sets with MapLibre GL JS.
// Open config.js next for what is read, sets.js for layers, units.js for the numbers behind a click.

import * as maplibre from '../vendor/maplibre-gl.js';
import { tileProtocol } from './archive.js';
import { SiteError, readSite, resolve } from './config.js';
import { byId, h, show } from './dom.js';
import { t } from './i18n.js';
import { legendNotes, precisionBar, rampAtAGlance } from './legend.js';
import { format, parse } from './permalink.js';
import { makeSets, setRows, setState, setStyle } from './sets.js';
import { connectUnits, readUnits, unitStyle } from './units.js';

const narrow = matchMedia('(max-width: 760px)');

start().catch((error) => {
  if (!(error instanceof SiteError)) console.error(error);
  show(byId('message'), t('loadFailed', { why: error.message }));
});

async function start() {
  const { site, legend } = await readSite();
  const link = parse(location.hash);
  const sets = makeSets(site, link);
  layOut(site, legend);
  if (!document.createElement('canvas').getContext('webgl2')) throw new SiteError(t('noWebgl'));

  const [raster, units] = await Promise.all([setStyle(sets, site), site.units && readUnits(site.units.path)]);
  byId('app').hidden = false;
  const map = makeMap(site, link, raster, units);

  let chosenUnit = { chosen: () => undefined };
  const remember = () => {
    const center = map.getCenter();
    const state = { view: { zoom: map.getZoom(), center: [center.lng, center.lat] }, ...setState(sets), unit: chosenUnit.chosen() };
    history.replaceState(null, '', format(state));
  };

  byId('legend').append(...setRows(sets, legend, (set) => {
    map.setLayoutProperty(set.layer, 'visibility', set.shown ? 'visible' : 'none');
    map.setPaintProperty(set.layer, 'raster-opacity', set.opacity);
    remember();
  }));
  byId('legend').append(...[site.precision && precisionBar(t('precision'), site.precision), legend.notes?.length && legendNotes(legend.notes)].filter(Boolean));

  await map.once('load');
  if (units) {
    chosenUnit = connectUnits(map, units, site, remember);
    if (link.unit) chosenUnit.choose(link.unit, { move: !link.view });
  }
  map.on('moveend', remember);
  addEventListener('hashchange', () => {
    const { view } = parse(location.hash);
    if (view) map.jumpTo(view);
  });
  document.documentElement.dataset.ready = 'true';
}

/** Everything but the map: words, theme, panel. */
function layOut(site, legend) {
  const root = document.documentElement;
  const darkWanted = matchMedia('(prefers-color-scheme: dark)');
  const dress = () => { root.dataset.theme = site.theme === 'auto' ? (darkWanted.matches ? 'dark' : 'light') : site.theme ?? 'light'; };
  darkWanted.addEventListener('change', dress);
  dress();
  document.title = site.title;
  show(byId('title'), site.title);
  show(byId('period'), site.period);
  show(byId('subtitle'), site.subtitle);
  show(byId('banner'), site.illustrative === true ? t('illustrative') : site.illustrative);
  byId('panel-name').append(t('panel'), rampAtAGlance(legend.entries ?? []) ?? '');
  byId('legend').append(h('h2', { id: 'legend-name' }, legend.title && legend.title !== site.title ? legend.title : t('legend')));

  const credits = site.attribution ?? [];
  byId('credits').append(h('p', {}, h('b', {}, `${t('sources')}: `), credits.join(' · ')), ...(site.generator ? [h('p', { class: 'generator' }, site.generator)] : []));

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

function makeMap(site, link, raster, units) {
  maplibre.setWorkerUrl(new URL('../vendor/maplibre-gl-worker.js', import.meta.url).href);
  maplibre.addProtocol('pmtiles', tileProtocol);
  const css = getComputedStyle(document.documentElement);
  const overlay = units ? unitStyle(units, css.getPropertyValue('--outline').trim(), css.getPropertyValue('--outline-casing').trim()) : { sources: {}, layers: [] };
  const whole = { bounds: site.bounds, fitBoundsOptions: { padding: 8 } };
  const map = new maplibre.Map({
    container: 'map',
    style: {
      version: 8,
      sources: { ...raster.sources, ...overlay.sources },
      layers: [
        { id: 'ground', type: 'background', paint: { 'background-color': site.background ?? '#e8e6e1' } },
        ...raster.layers,
        ...overlay.layers,
      ],
    },
    ...(link.view ?? whole),
    minZoom: site.min_zoom - 1.45, // a tile of zoom z is drawn from half a level below its natural size, which is z - 1 here
    maxZoom: site.max_zoom, // one level over the last tiles
    zoomSnap: 1, // pictures are sharp at whole levels only
    attributionControl: false, // credits stand under the map, as text
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    locale: {
      'Map.Title': t('mapLabel', { title: site.title }),
      'NavigationControl.ZoomIn': t('zoomIn'),
      'NavigationControl.ZoomOut': t('zoomOut'),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(homeControl(() => map.fitBounds(site.bounds, whole.fitBoundsOptions)), 'top-right');
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
  map.on('error', ({ error }) => {
    console.error(error);
    byId('said').textContent = t('tileFailed');
  });
  return map;
}

/** A MapLibre control with one button: back to the whole map. */
function homeControl(go) {
  const button = h('button', { type: 'button', class: 'home', title: t('home'), 'aria-label': t('home'), onclick: go }, h('span', { class: 'maplibregl-ctrl-icon', 'aria-hidden': 'true' }));
  const box = h('div', { class: 'maplibregl-ctrl maplibregl-ctrl-group' }, button);
  return { onAdd: () => box, onRemove: () => box.remove() };
}
