// The bar under the map that turns to frames (months, say): one for all sets, because a map of two dates at once misleads. It plays only when asked, stops at the last frame, and waits for each picture, so that nothing flashes.

import { byId, h, s } from './dom.js';
import { unionOf } from './frames.js';
import { t } from './i18n.js';

const step_ms = 1000, calm_step_ms = 2500; // calm: where the reader asked for reduced motion

/** What the bar steps through: the frames, after the whole period ("") where a set with frames has a picture of it. Empty
    where no set has frames. */
export function stepsOf(sets) {
  const framed = sets.filter((set) => set.frames?.length);
  const whole = framed.some((set) => set.tiles || set.archive);
  return [...(whole ? [{ id: '', label: t('wholePeriod') }] : []), ...unionOf(framed.map((set) => set.frames))];
}

/** Fills the bar. `turn(frame, next)` draws a frame and resolves when it is seen; `changed()` follows a turn. Returns
    `{frame(), go(id)}`. */
export function connectTimeline(steps, first, { turn, changed }) {
  let at = Math.max(0, steps.findIndex(({ id }) => id === first));
  let playing = false, run = 0; // run: so that only the latest start() goes on
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const said = byId('said');

  const slider = h('input', { type: 'range', class: 'slider', id: 'frame', min: 0, max: steps.length - 1, step: 1, value: at, 'aria-label': t('time'),
    oninput: () => { const to = slider.valueAsNumber; pause(); go(to); } });
  const label = h('p', { class: 'frame-label', 'aria-hidden': 'true' }); // the slider says the same
  const button = (word, path, onclick) => h('button', { type: 'button', 'aria-label': t(word), title: t(word), onclick },
    s('svg', { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, s('path', { d: path })));
  const back = button('previousFrame', 'M10.5 2.5 5 8l5.5 5.5z', () => { pause(); go(at - 1, true); });
  const on = button('nextFrame', 'M5.5 2.5 11 8l-5.5 5.5z', () => { pause(); go(at + 1, true); });
  const play = button('play', icons.play, () => (playing ? pause(true) : start()));

  const bar = byId('time');
  bar.hidden = false;
  bar.setAttribute('aria-label', t('time'));
  bar.append(h('div', { class: 'steps' }, play, back, on), label,
    h('div', { class: 'span' }, slider, h('div', { class: 'ends', 'aria-hidden': 'true' }, h('span', {}, steps[0].label), h('span', {}, steps.at(-1).label))));

  /** Turns to step `to`; `aloud` where the focus is not on the slider, which speaks for itself. */
  async function go(to, aloud = false) {
    if (!steps[to]) return false;
    at = to;
    reflect();
    bar.classList.add('waiting');
    const seen = await turn(steps[at].id, steps[at + 1]?.id);
    if (!seen) return false;
    bar.classList.remove('waiting');
    if (aloud) said.textContent = steps[at].label;
    changed();
    return true;
  }

  async function start() {
    const mine = ++run;
    playing = true;
    said.textContent = '';
    reflect();
    if (at === steps.length - 1) await go(steps[0].id === '' ? 1 : 0);
    while (playing && mine === run && at < steps.length - 1) {
      await new Promise((shown) => setTimeout(shown, calm.matches ? calm_step_ms : step_ms));
      if (playing && mine === run) await go(at + 1);
    }
    if (playing && mine === run) pause(true);
  }

  function pause(aloud = false) {
    playing = false;
    reflect();
    if (aloud) said.textContent = steps[at].label;
  }

  function reflect() {
    slider.value = at;
    slider.setAttribute('aria-valuetext', steps[at].label);
    slider.style.setProperty('--filled', '0%');
    label.textContent = steps[at].label;
    back.setAttribute('aria-disabled', at === 0); // not disabled: that would take the focus away
    on.setAttribute('aria-disabled', at === steps.length - 1);
    const word = t(playing ? 'pause' : 'play');
    play.setAttribute('aria-label', word);
    play.title = word;
    play.querySelector('path').setAttribute('d', playing ? icons.pause : icons.play);
  }

  reflect();
  return {
    frame: () => steps[at].id,
    go: (id) => go(steps.findIndex((step) => step.id === id)),
  };
}

const icons = { play: 'M4 2.5 13 8l-9 5.5z', pause: 'M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z' };
