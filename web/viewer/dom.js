// Three helpers to build elements. Text always goes in as text, never as markup, and styles go in as properties: nothing
// that a data file says can become HTML, and a page policy without inline styles holds.

const svg_ns = 'http://www.w3.org/2000/svg';

/** `h('button', { class: 'close', type: 'button', onclick }, 'Close')`: properties starting with "on" are listeners. */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG elements. */
export function s(name, attributes = {}, ...children) {
  return fill(document.createElementNS(svg_ns, name), attributes, children);
}

export const byId = (id) => document.getElementById(id);

/** Puts text into an element and shows it; without text the element stays hidden. */
export function show(element, text) {
  element.textContent = text ?? '';
  element.hidden = !text;
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return element;
}
