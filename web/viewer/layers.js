// The sets on the map: a raster layer for each picture at hand. A set without frames is one picture. A set with frames has the
// picture that is seen and, drawn at no opacity so that its tiles come, the one that is likely next: turning to it shows it
// whole. Pictures farther off are given up; the browser's cache keeps their tiles.

import { openPicture } from './archive.js';

const patience_ms = 4000; // a frame is turned to when its tiles are there, or after this time with what is there
const retries = 6, retry_ms = 1500; // a server that is busy drawing (503) is asked again

/** The picture of a set at a frame ("" is the whole period): the set itself, one of its frames, or undefined. */
export function pictureOf(set, frame) {
  const found = set.frames?.find(({ id }) => id === frame);
  if (found) return { ...set, ...found, frames: undefined };
  return (set.tiles || set.archive) && (!set.frames || frame === '') ? set : undefined;
}

/** Puts the sets onto `map` at `frame`, each under the layer `above(set)`. Sets that cannot be opened are left out, and told of by
    `failed(set, error)`; `missing(set, at)` is told of each tile that a set could not send, with the frame ("" without frames). */
export async function connectLayers(map, sets, site, above, frame, { failed, missing }) {
  const anchorOf = (set) => `top-${set.id}`;
  const nameOf = (set, at) => (set.frames ? `set-${set.id}@${at}` : `set-${set.id}`);
  const pictures = new Map(); // by name of source and layer: { set, at, added (a promise), source (once opened) }
  let seen = frame, wanted = frame;

  // Anchors keep the order of the sets, whenever their pictures come.
  for (const set of sets) map.addLayer({ id: anchorOf(set), type: 'background', layout: { visibility: 'none' } }, above(set));

  /** Adds a picture at no opacity, or finds it; undefined where the set has none at that frame. */
  async function have(set, at) {
    const picture = pictureOf(set, at), name = nameOf(set, at);
    if (!picture || set.failed) return undefined;
    if (!pictures.has(name)) {
      const entry = { set, at: set.frames ? at : '' };
      pictures.set(name, entry);
      entry.added = add(entry, picture, name);
    }
    try {
      await pictures.get(name).added;
    } catch (error) {
      pictures.delete(name); // so that it is tried again
      throw error;
    }
    return name;
  }

  async function add(entry, picture, name) {
    const { set } = entry;
    const source = await openPicture(picture, site);
    if (pictures.get(name) !== entry) return; // given up meanwhile
    entry.source = source;
    map.addSource(name, source);
    map.addLayer({
      id: name, type: 'raster', source: name, layout: { visibility: set.shown ? 'visible' : 'none' },
      paint: { 'raster-opacity': 0, 'raster-opacity-transition': { duration: 0 }, 'raster-fade-duration': set.frames ? 0 : 120 },
    }, anchorOf(set));
  }

  function paint(set) {
    for (const [name, { set: of, at }] of pictures) {
      if (of !== set || !map.getLayer(name)) continue;
      map.setLayoutProperty(name, 'visibility', set.shown ? 'visible' : 'none');
      map.setPaintProperty(name, 'raster-opacity', !set.frames || at === seen ? set.opacity : 0);
    }
  }

  function giveUp(keep) {
    for (const [name, { set, at }] of pictures) {
      if (!set.frames || keep.includes(at)) continue;
      pictures.delete(name);
      if (map.getLayer(name)) map.removeLayer(name);
      if (map.getSource(name)) map.removeSource(name);
    }
  }

  /** Resolves once every tile in view of a source has come or failed. */
  const settled = (name) => new Promise((done) => {
    const look = () => {
      if (map.getSource(name) && !map.isSourceLoaded(name)) return;
      map.off('render', look);
      done();
    };
    map.on('render', look);
    map.triggerRepaint();
  });

  const framed = sets.filter((set) => set.frames);
  const attempts = new Map(); // by source and tile
  map.on('error', ({ error, sourceId, tile }) => {
    map.triggerRepaint(); // MapLibre draws no frame after a failure, and only a frame tells that all has come
    const { set, at } = pictures.get(sourceId) ?? {};
    if (!set || !tile) return console.error(error);
    const { z, x, y } = tile.tileID.canonical, key = `${sourceId} ${z}/${x}/${y}`;
    const tried = attempts.get(key) ?? 0;
    attempts.set(key, tried + 1);
    if (error.status !== 503 || tried >= retries) return missing(set, at);
    setTimeout(() => map.getSource(sourceId) && map.refreshTiles(sourceId, [{ z, x, y }]), retry_ms * (1 + tried));
  });

  await Promise.all(sets.map((set) => have(set, frame).catch((error) => {
    if (set.frames) return missing(set, frame); // its other frames may be there
    set.failed = error;
    failed(set, error);
  })));
  sets.forEach(paint);

  return {
    paint,
    /** Whether the picture of a set begins only closer in than the map now stands. */
    isTooFar(set) {
      const source = pictures.get(nameOf(set, seen))?.source;
      return source !== undefined && Math.round(map.getZoom() + Math.log2(512 / source.tileSize)) < source.minzoom;
    },
    /** Turns every set with frames to `at`, once their pictures are whole; then fetches `next`. False where another turn
        came in between. */
    async turn(at, next) {
      wanted = at;
      const coming = framed.map(async (set) => {
        const name = await have(set, at).catch(() => missing(set, at));
        if (name && set.shown) await settled(name);
      });
      await Promise.race([Promise.all(coming), new Promise((late) => setTimeout(late, patience_ms))]);
      if (wanted !== at) return false;
      seen = at;
      framed.forEach(paint);
      giveUp([at, next]);
      if (next !== undefined) framed.forEach((set) => have(set, next).catch(() => {})); // told of when it is turned to
      return true;
    },
  };
}
