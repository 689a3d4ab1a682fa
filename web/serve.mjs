// A static server for looking at an exported site on this machine: range requests, loopback only.
//
//     node web/serve.mjs out/demo/site 8000

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.geojson': 'application/geo+json', '.csv': 'text/csv; charset=utf-8', '.pmtiles': 'application/vnd.pmtiles', '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};
const [folder = '.', port = '8000'] = process.argv.slice(2);
const root = resolve(folder);

function fileOf(url) {
  const path = join(root, normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname)));
  if (path !== root && !path.startsWith(root + sep)) return undefined;
  const file = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'index.html') : path;
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  return size === undefined ? undefined : { file, size };
}

function answer(request, response) {
  const found = fileOf(request.url);
  if (!found) return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not here\n');
  const { file, size } = found;
  const headers = { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Accept-Ranges': 'bytes', 'Cache-Control': 'no-cache' };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = range ? Number(range[1]) : 0;
  const end = range && range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
  if (range && start > end) return response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
  if (range) headers['Content-Range'] = `bytes ${start}-${end}/${size}`;
  headers['Content-Length'] = size === 0 ? 0 : end - start + 1;
  response.writeHead(range ? 206 : 200, headers);
  if (request.method === 'HEAD' || size === 0) return response.end();
  return createReadStream(file, { start, end }).pipe(response);
}

createServer((request, response) => {
  try {
    answer(request, response);
  } catch {
    response.writeHead(400).end();
  }
}).listen(Number(port), '127.0.0.1', () => console.log(`${root} at http://127.0.0.1:${port}/`));
