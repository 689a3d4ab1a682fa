// Where a picture's tiles come from: a PMTiles archive read by byte ranges, or an address with {z}/{x}/{y}. A picture is a set,
// or one frame of it.
//
// A host that knows no range requests (the simplest test servers) sends whole files. Small archives are then read whole
// and kept in memory, so that the map works there too; large ones end with a message that says what the host lacks.

import { SiteError, resolve } from './config.js';
import { t } from './i18n.js';

const whole_file_limit = 48 * 1024 * 1024; // bytes: a few seconds on a slow line, harmless in a phone's memory

const protocol = new pmtiles.Protocol(); // the global of vendor/pmtiles.js

/** Answers MapLibre's requests for pmtiles:// addresses. */
export const tileProtocol = protocol.tile;

/** The MapLibre raster source of a picture. What the picture does not say of itself (zooms, bounds, size), the site does.
    Tiles are `tile_size` CSS pixels wide whatever their images are. */
export async function openPicture(picture, site) {
  const said = { ...site, ...picture };
  const shape = { type: 'raster', tileSize: said.tile_size ?? 256 };
  if (picture.tiles) {
    const dense = devicePixelRatio > 1 && picture.tiles_2x;
    return { ...shape, tiles: [resolve(dense || picture.tiles)], bounds: said.bounds, minzoom: said.min_zoom, maxzoom: said.max_zoom };
  }
  const archive = await openArchive(picture.archive);
  const header = await archive.getHeader();
  return {
    ...shape,
    tiles: [`pmtiles://${archive.source.getKey()}/{z}/{x}/{y}`],
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
    minzoom: header.minZoom,
    maxzoom: header.maxZoom,
  };
}

async function openArchive(path) {
  const url = resolve(path);
  const stop = new AbortController();
  const answer = await fetch(url, { headers: { Range: 'bytes=0-16383' }, signal: stop.signal }).catch(() => undefined);
  if (!answer?.ok) throw new SiteError(t('notFound', { file: path, status: answer?.status ?? '—' }));

  let source = url;
  if (answer.status !== 206) {
    const length = Number(answer.headers.get('Content-Length') ?? Infinity);
    if (length > whole_file_limit) {
      stop.abort();
      throw new SiteError(t('noRange', { file: path, size: Math.round(length / 1e6) }));
    }
    source = inMemory(url, await answer.arrayBuffer());
  }
  const archive = new pmtiles.PMTiles(source);
  protocol.add(archive);
  return archive;
}

/** A whole archive as a source of the pmtiles package. */
function inMemory(url, bytes) {
  return {
    getKey: () => url,
    getBytes: async (offset, length) => ({ data: bytes.slice(offset, offset + length) }),
  };
}
