// The address of what is seen: `#zoom/lat/lon`, as map pages do, followed by what differs from the site's own beginning:
// `#5.2/14.6/-4.1&off=points,labels&opacity=heat:60&unit=BF53`.

/** What an address says; the parts that it does not say are undefined or empty. */
export function parse(hash) {
  const [place, ...rest] = decode(hash.replace(/^#/, '')).split('&');
  const [zoom, lat, lon] = place.split('/').map(Number);
  const found = { off: [], on: [], opacity: {} };
  if ([zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 85.06) found.view = { zoom, center: [lon, lat] };
  for (const part of rest) {
    const [key, value = ''] = part.split('=');
    if (key === 'off' || key === 'on') found[key] = value.split(',').filter(Boolean);
    if (key === 'unit') found.unit = value;
    if (key === 'opacity') {
      for (const pair of value.split(',')) {
        const [id, percent] = pair.split(':');
        if (id && Number(percent) >= 0 && Number(percent) <= 100) found.opacity[id] = Number(percent) / 100;
      }
    }
  }
  return found;
}

/** The address of a state: `view`, the lists `off` and `on`, `opacity` by set (0…1), `unit`. */
export function format({ view, off = [], on = [], opacity = {}, unit }) {
  const digits = Math.max(0, Math.ceil((view.zoom * Math.LN2 + Math.log(512 / 360 / 0.5)) / Math.LN10)); // half a pixel
  const parts = [[+view.zoom.toFixed(2), view.center[1].toFixed(digits), view.center[0].toFixed(digits)].join('/')];
  if (off.length) parts.push(`off=${off.join(',')}`);
  if (on.length) parts.push(`on=${on.join(',')}`);
  const faded = Object.entries(opacity).map(([id, value]) => `${id}:${Math.round(value * 100)}`);
  if (faded.length) parts.push(`opacity=${faded.join(',')}`);
  if (unit) parts.push(`unit=${encodeURIComponent(unit)}`);
  return `#${parts.join('&')}`;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // a mangled address shows the map as it begins
  }
}
