// Decodes what Chromium's screenshots and the tiles are: 8-bit PNG, grey, RGB, palette or RGBA, not interlaced.
// An independent reader of the tiles too: it shares no code with the program that writes them.

import { inflateSync } from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/** `{width, height, pixels}` with four bytes a pixel, RGBA. Throws on anything else. */
export function decodePng(file) {
  if (!file.subarray(0, 8).equals(signature)) throw new Error('not a PNG');
  const parts = { IDAT: [] };
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at), type = file.toString('latin1', at + 4, at + 8), body = file.subarray(at + 8, at + 8 + length);
    if (type === 'IDAT') parts.IDAT.push(body);
    else parts[type] = body;
    at += length + 12;
  }
  const width = parts.IHDR.readUInt32BE(0), height = parts.IHDR.readUInt32BE(4);
  const [depth, type, , , interlace] = parts.IHDR.subarray(8);
  const channels = { 0: 1, 2: 3, 3: 1, 6: 4 }[type];
  if (!channels || interlace || (depth !== 8 && type !== 3)) throw new Error(`PNG of depth ${depth}, type ${type} is not read here`);

  const stride = Math.ceil((width * channels * depth) / 8), step = Math.max(1, (channels * depth) / 8);
  const raw = unfilter(inflateSync(Buffer.concat(parts.IDAT)), stride, height, step);
  const pixels = Buffer.alloc(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const x = i % width, row = Math.floor(i / width) * stride;
    const color = type === 3 ? fromPalette(parts, packed(raw, row, x, depth)) : fromSamples(raw, row + x * channels, channels);
    pixels.set(color, 4 * i);
  }
  return { width, height, pixels };
}

/** How many pixels of two pictures of one size differ by more than `tolerance` in any channel. */
export function differing(a, b, tolerance = 8) {
  if (a.width !== b.width || a.height !== b.height) throw new Error('pictures of different size');
  let count = 0;
  for (let i = 0; i < a.pixels.length; i += 4) {
    let most = 0;
    for (let c = i; c < i + 4; c++) most = Math.max(most, Math.abs(a.pixels[c] - b.pixels[c]));
    if (most > tolerance) count++;
  }
  return count;
}

/** The number of different colours. */
export function colors({ pixels }) {
  const seen = new Set();
  for (let i = 0; i < pixels.length; i += 4) seen.add(pixels.readUInt32BE(i));
  return seen.size;
}

function unfilter(data, stride, height, step) {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const row = y * stride, from = y * (stride + 1) + 1, filter = data[from - 1];
    for (let x = 0; x < stride; x++) {
      const left = x >= step ? out[row + x - step] : 0;
      const up = y > 0 ? out[row + x - stride] : 0;
      let guess = 0;
      if (filter === 1) guess = left;
      else if (filter === 2) guess = up;
      else if (filter === 3) guess = (left + up) >> 1;
      else if (filter === 4) guess = paeth(left, up, y > 0 && x >= step ? out[row + x - stride - step] : 0);
      out[row + x] = data[from + x] + guess;
    }
  }
  return out;
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const a = Math.abs(guess - left), b = Math.abs(guess - up), c = Math.abs(guess - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

const packed = (raw, row, x, depth) => (raw[row + Math.floor((x * depth) / 8)] >> (8 - depth - ((x * depth) % 8))) & ((1 << depth) - 1);
const fromPalette = ({ PLTE, tRNS }, i) => [PLTE[3 * i], PLTE[3 * i + 1], PLTE[3 * i + 2], tRNS?.[i] ?? 255];
const fromSamples = (raw, at, channels) => channels === 1 ? [raw[at], raw[at], raw[at], 255]
  : [raw[at], raw[at + 1], raw[at + 2], channels === 4 ? raw[at + 3] : 255];
