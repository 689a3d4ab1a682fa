// The viewer's own words, in English and French. What the map says about its data (titles, legend, notes, credits) is
// written by the program that made the site, in the site's language, and is not here.

const words = {
  en: {
    base: 'Base map', heat: 'Density', corridors: 'Corridors', points: 'Incidents', labels: 'Names', all: 'Map',
    panel: 'Legend and layers', legend: 'Legend', opacity: 'Opacity of {name}', percent: '{n}%',
    illustrative: 'Illustrative data: these incidents are made up to show the map. They did not happen.',
    precision: 'How precisely incidents are located', most: 'Most incidents', chooseUnit: 'Find a unit', pick: 'Choose…',
    incidents: ['{n} incident', '{n} incidents'], rate: '{n} per 1,000 km²',
    coarse: '{n} of them known only to a district or a wider area', rough: '{n} of them by the shares of incidents known only to about 25 km or to an area', by: 'by {level}',
    uncovered: 'Not covered by the source', close: 'Close', files: 'Data', sources: 'Sources:', home: 'Whole map',
    mapLabel: 'Map: {title}. Arrow keys move it, plus and minus zoom.', mapEnter: 'Enter tells what is in the middle.',
    nothingHere: 'Nothing to tell here.', zoomIn: 'Zoom in', zoomOut: 'Zoom out', visit: 'Show where it is', visitSet: 'Show where {name} is',
    corridor: 'Corridor', chooseCorridor: 'Find a corridor', km: '{n} km', roadRate: '{n} per 100 km and month', status: 'Status: {status}',
    alsoHere: 'Also here:', noData: 'no data', byRate: 'incidents per 100 km and month', byIncidents: 'by incidents', worst: 'Where it is worst', along: '0 to {n} km along the road',
    bin: 'km {from}–{to}: {n}', binNear: 'km {from}–{to}, near {near}: {n}', interval: 'plausibly {low} to {high}',
    time: 'Period shown', play: 'Play', pause: 'Pause', previousFrame: 'Previous period', nextFrame: 'Next period', wholePeriod: 'Whole period',
    noFrame: 'Has nothing for {label}', closer: 'Seen closer in', setFailed: 'Cannot be shown: {why}',
    lightPage: 'Light page', darkPage: 'Dark page',
    loadFailed: 'The map could not be loaded: {why}',
    notFound: '{file} answered {status}', notJson: '{file} is not readable JSON', badKey: '{file}: {key} is missing or not as it should be',
    noRange: '{file} is {size} MB and this server does not answer range requests (HTTP 206), which large tile archives need. Any of nginx, Apache, Caddy or an object store does.',
    noWebgl: 'this browser does not offer WebGL 2, which draws the map',
    tileFailed: 'Some tiles could not be loaded.',
  },
  fr: {
    base: 'Fond de carte', heat: 'Densité', corridors: 'Corridors', points: 'Incidents', labels: 'Noms', all: 'Carte',
    panel: 'Légende et couches', legend: 'Légende', opacity: 'Opacité : {name}', percent: '{n} %',
    illustrative: 'Données illustratives : ces incidents sont inventés pour montrer la carte. Ils n’ont pas eu lieu.',
    precision: 'Précision de la localisation', most: 'Le plus d’incidents', chooseUnit: 'Trouver une unité', pick: 'Choisir…',
    incidents: ['{n} incident', '{n} incidents'], rate: '{n} pour 1 000 km²',
    coarse: 'dont {n} au district près ou moins précis', rough: 'dont {n} par les parts des incidents connus seulement à 25 km près ou à une zone', by: 'par {level}',
    uncovered: 'Non couvert par la source', close: 'Fermer', files: 'Données', sources: 'Sources :', home: 'Toute la carte',
    mapLabel: 'Carte : {title}. Les flèches la déplacent, plus et moins changent l’échelle.', mapEnter: 'Entrée dit ce qui est au centre.',
    nothingHere: 'Rien à dire ici.', zoomIn: 'Agrandir', zoomOut: 'Réduire', visit: 'Montrer où c’est', visitSet: 'Montrer où est {name}',
    corridor: 'Corridor', chooseCorridor: 'Trouver un corridor', km: '{n} km', roadRate: '{n} pour 100 km et par mois', status: 'État : {status}',
    alsoHere: 'Ici aussi :', noData: 'pas de données', byRate: 'incidents pour 100 km et par mois', byIncidents: 'par nombre d’incidents', worst: 'Où c’est le pire', along: 'de 0 à {n} km le long de la route',
    bin: 'km {from}–{to} : {n}', binNear: 'km {from}–{to}, près de {near} : {n}', interval: 'plausible : {low} à {high}',
    time: 'Période montrée', play: 'Lire', pause: 'Pause', previousFrame: 'Période précédente', nextFrame: 'Période suivante', wholePeriod: 'Toute la période',
    noFrame: 'N’a rien pour {label}', closer: 'Visible de plus près', setFailed: 'Ne peut pas être montré : {why}',
    lightPage: 'Page claire', darkPage: 'Page sombre',
    loadFailed: 'La carte n’a pas pu être chargée : {why}',
    notFound: '{file} a répondu {status}', notJson: '{file} n’est pas du JSON lisible', badKey: '{file} : {key} manque ou n’est pas comme il faut',
    noRange: '{file} fait {size} Mo et ce serveur ne répond pas aux requêtes partielles (HTTP 206), nécessaires aux grandes archives de tuiles. nginx, Apache, Caddy ou un stockage d’objets le font.',
    noWebgl: 'ce navigateur n’offre pas WebGL 2, qui dessine la carte',
    tileFailed: 'Certaines tuiles n’ont pas pu être chargées.',
  },
};

let lang = /^fr/i.test(globalThis.navigator?.language ?? '') ? 'fr' : 'en';

/** Until site.json is read the browser's language serves; afterwards the site's does. */
export function setLanguage(code) {
  lang = Object.hasOwn(words, code) ? code : 'en';
  document.documentElement.lang = lang;
}

// No-break spaces where French has them: narrow before ; ! ? % and between thousands, wide before a colon.
const frenchSpacing = (text) => text.replace(/ (?=[;!?%])|(?<=\d) (?=\d{3})/g, '\u202f').replace(/ (?=:)/g, '\u00a0');

/** The word for `key` with `{name}` replaced. A pair is singular and plural, chosen by `count`. */
export function t(key, values = {}, count = undefined) {
  let text = words[lang][key] ?? key;
  if (Array.isArray(text)) text = text[plural(count) === 'one' ? 0 : 1];
  if (lang === 'fr') text = frenchSpacing(text);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** A number in the site's language; rates below 100 keep two significant figures. */
export function number(value) {
  const figures = Number.isInteger(value) || value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 2 };
  return new Intl.NumberFormat(lang, figures).format(value);
}

/** A month or a day in words ("July 2025") of its ISO form; other names as they are. */
export function period(id) {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(id) ?? [];
  if (!year) return id;
  const words = { year: 'numeric', month: 'long', day: day && 'numeric', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, words).format(Date.UTC(year, month - 1, day ?? 1));
}

export const compareNames = (a, b) => a.localeCompare(b, lang);

const plural = (count) => new Intl.PluralRules(lang).select(count);
