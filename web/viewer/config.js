// Reads what the page shows: site.json (its schema is in web/README.md) and the legend. Every address in it is relative to
// the page, and becomes absolute here, once.

import { setLanguage, t } from './i18n.js';

/** Something a reader of the page can be told in one sentence. */
export class SiteError extends Error {}

/** Resolves a path of site.json; `{z}/{x}/{y}` survives, which `new URL` would encode. */
export function resolve(path) {
  return new URL(path, document.baseURI).href.replace(/%7B/gi, '{').replace(/%7D/gi, '}');
}

/** Reads a JSON file of the site, or throws a SiteError that names it. */
export async function readJson(path) {
  const answer = await fetch(resolve(path)).catch(() => undefined);
  if (!answer?.ok) throw new SiteError(t('notFound', { file: path, status: answer?.status ?? '—' }));
  try {
    return await answer.json();
  } catch {
    throw new SiteError(t('notJson', { file: path }));
  }
}

/** The site and its legend, checked as far as the viewer depends on them. */
export async function readSite() {
  const site = await readJson('site.json');
  setLanguage(site.lang);
  need(typeof site.title === 'string', 'title');
  need(isBox(site.bounds), 'bounds');
  need(Number.isInteger(site.min_zoom) && Number.isInteger(site.max_zoom), 'min_zoom, max_zoom');
  need(Array.isArray(site.sets) && site.sets.length > 0 && site.sets.every(isSet), 'sets');
  need(new Set(site.sets.map((set) => set.id)).size === site.sets.length, 'sets (id)');
  site.background ??= '#e8e6e1';
  const legend = site.legend ? await readJson(site.legend) : { entries: [], notes: [] };
  return { site, legend };
}

function need(holds, key) {
  if (!holds) throw new SiteError(t('badKey', { file: 'site.json', key }));
}

function isBox(box) {
  return Array.isArray(box) && box.length === 4 && box.every(Number.isFinite) && box[0] < box[2] && box[1] < box[3];
}

const hasTiles = (picture) => typeof picture?.archive === 'string' || typeof picture?.tiles === 'string';

function isSet(set) {
  const frames = set?.frames ?? [];
  return typeof set?.id === 'string' && Array.isArray(frames) && (hasTiles(set) || frames.length > 0)
    && frames.every((frame) => typeof frame?.id === 'string' && hasTiles(frame));
}
