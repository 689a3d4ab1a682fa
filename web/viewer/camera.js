// Where the map stands to show a box. Pictures are sharp at whole levels and too soft when they are drawn much larger than they are;
// drawn a little smaller they stay readable.

const worth_it = 0.6; // of a level: from here on a whole level would lose more than a third of the width

/** Moves the map so that `box` (west, south, east, north) lies within `padding` (pixels, by side): at a whole level where the map snaps to
    them, but for one that would lose more than a third of the page. */
export function showBox(map, box, padding, { maxZoom = map.getMaxZoom(), animate = true } = {}) {
  const snap = map.getZoomSnap();
  map.setZoomSnap(0); // why: MapLibre rounds what it is told to do, too
  const { center } = map.cameraForBounds(box); // not that for the padding, which is for a zoom that may yet change
  const exact = map.cameraForBounds(box, { padding, maxZoom })?.zoom ?? map.getZoom();
  const whole = Math.floor(exact);
  const zoom = snap && exact - whole < worth_it ? whole : exact;
  map.easeTo({ center, zoom, offset: [(padding.left - padding.right) / 2, (padding.top - padding.bottom) / 2], animate });
  map.setZoomSnap(snap);
}

/** The same room on all sides. */
export const around = (pixels) => ({ top: pixels, right: pixels, bottom: pixels, left: pixels });
