// The frames of several sets as one list.

import { period } from './i18n.js';

/** The frames of all sets in their order: `[{id, label}]`. By id where that is the order of every set (as with months);
    else each set's own order, later sets fitted into the earlier. */
export function unionOf(lists) {
  const label = new Map(lists.flat().reverse().map((frame) => [frame.id, frame.label ?? period(frame.id)]));
  const ids = lists.map((list) => list.map(({ id }) => id));
  const sorted = [...label.keys()].sort();
  const inOrder = ids.every((list) => list.every((id, i) => i === 0 || list[i - 1] < id));
  const order = inOrder ? sorted : ids.reduce(fitted, []);
  return order.map((id) => ({ id, label: label.get(id) }));
}

/** The list with the ids that it lacks, each before the next one that both know. */
function fitted(list, ids) {
  const whole = [...list];
  ids.forEach((id, i) => {
    if (whole.includes(id)) return;
    const next = ids.slice(i + 1).find((later) => whole.includes(later));
    whole.splice(next === undefined ? whole.length : whole.indexOf(next), 0, id);
  });
  return whole;
}
