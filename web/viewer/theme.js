// Light or dark: the page follows the site's `theme`, or the reader who asks for the other one. The map's pictures stay as
// they were drawn, so what is drawn over them (outlines, the keyboard's aim) follows the map's ground, never the page.

import { h } from './dom.js';
import { t } from './i18n.js';

const memory = 'harmattan-theme'; // in localStorage: what the reader asked for

/** Dresses the page and returns the button that turns it over. */
export function dress(site) {
  const root = document.documentElement;
  const darkWanted = matchMedia('(prefers-color-scheme: dark)');
  let asked = recall();
  root.style.setProperty('--ground', site.background);
  root.dataset.ground = isDark(site.background) ? 'dark' : 'light';

  const button = h('button', { type: 'button', class: 'theme', onclick: () => {
    asked = root.dataset.theme === 'dark' ? 'light' : 'dark';
    keep(asked);
    apply();
  } });
  function apply() {
    const own = site.theme === 'auto' ? (darkWanted.matches ? 'dark' : 'light') : site.theme === 'dark' ? 'dark' : 'light';
    root.dataset.theme = asked ?? own;
    button.textContent = t(root.dataset.theme === 'dark' ? 'lightPage' : 'darkPage');
  }
  darkWanted.addEventListener('change', apply);
  apply();
  return button;
}

function recall() {
  try {
    return ['light', 'dark'].find((theme) => theme === localStorage.getItem(memory));
  } catch {
    return undefined; // a browser that keeps nothing
  }
}

function keep(theme) {
  try {
    localStorage.setItem(memory, theme);
  } catch {
    // It holds until the page is left.
  }
}

/** Whether white stands out more than black from a CSS colour (WCAG relative luminance). */
function isDark(color) {
  const probe = h('i');
  probe.style.color = color;
  document.body.append(probe);
  const rgb = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map((v) => v / 255);
  probe.remove();
  const [r, g, b] = rgb.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.179;
}
