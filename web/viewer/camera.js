// Where the map stands to show a box. Pictures are sharp at whole levels and too soft when they are drawn much larger than they are;
// drawn a little smaller they stay readable.

const worth_it = 0.6; // of a level: from here on a whole level would lose more than a third of the width

/** Centre and zoom that show `box` (west, south, east, north) within `padding` (pixels, by side): at a whole level where the map snaps to
    them, but for one that would lose more than a third of the page. With `offset`, for easeTo(), where the sides differ. */
export function cameraFor(map, box, padding, maxZoom = map.getMaxZoom()) {
  const snap = map.getZoomSnap();
  map.setZoomSnap(0);
  const { center } = map.cameraForBounds(box);
  const exact = map.cameraForBounds(box, { padding, maxZoom })?.zoom ?? map.getZoom();
  map.setZoomSnap(snap);
  const whole = Math.floor(exact);
  // why: not the centre for this padding, which is that of the zoom before it was made whole.
  return { center, zoom: snap && exact - whole < worth_it ? whole : exact, offset: [(padding.left - padding.right) / 2, (padding.top - padding.bottom) / 2] };
}

/** The same room on all sides. */
export const around = (pixels) => ({ top: pixels, right: pixels, bottom: pixels, left: pixels });
