// The address of what is seen: `#zoom/lat/lon`, as map pages do, followed by what differs from the site's own beginning:
// `#5.2/14.6/-4.1&frame=2025-07&off=points,labels&opacity=heat:60&unit=BF53`, or `&corridor=C04` in place of a unit.
// Names inside are percent-encoded one by one, so that they may hold any character.

const single = ['frame', 'corridor', 'unit']; // keys with one value

/** What an address says; the parts that it does not say are undefined or empty. */
export function parse(hash) {
  const [place, ...rest] = hash.replace(/^#/, '').split('&');
  const [zoom, lat, lon] = decode(place).split('/').map(Number);
  const found = { off: [], on: [], opacity: {} };
  if ([zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 85.06) found.view = { zoom, center: [lon, lat] };
  for (const part of rest) {
    const [key, value = ''] = part.split('=');
    if (key === 'off' || key === 'on') found[key] = value.split(',').map(decode).filter(Boolean);
    if (single.includes(key) && decode(value)) found[key] = decode(value);
    if (key === 'opacity') {
      for (const pair of value.split(',')) {
        const [id, percent] = pair.split(':').map(decode);
        if (id && percent && Number(percent) >= 0 && Number(percent) <= 100) found.opacity[id] = Number(percent) / 100;
      }
    }
  }
  return found;
}

/** The address of a state: `view`, the lists `off` and `on`, `opacity` by set (0…1), and `frame`, `corridor`, `unit` by id. */
export function format({ view, off = [], on = [], opacity = {}, ...chosen }) {
  const digits = Math.max(0, Math.ceil((view.zoom * Math.LN2 + Math.log(512 / 360 / 0.5)) / Math.LN10)); // half a pixel
  const parts = [[+view.zoom.toFixed(3), view.center[1].toFixed(digits), view.center[0].toFixed(digits)].join('/')];
  if (chosen.frame) parts.push(`frame=${encodeURIComponent(chosen.frame)}`);
  if (off.length) parts.push(`off=${off.map(encodeURIComponent).join(',')}`);
  if (on.length) parts.push(`on=${on.map(encodeURIComponent).join(',')}`);
  const faded = Object.entries(opacity).map(([id, value]) => `${encodeURIComponent(id)}:${Math.round(value * 100)}`);
  if (faded.length) parts.push(`opacity=${faded.join(',')}`);
  for (const key of ['corridor', 'unit']) if (chosen[key]) parts.push(`${key}=${encodeURIComponent(chosen[key])}`);
  return `#${parts.join('&')}`;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // a mangled part says nothing
  }
}
