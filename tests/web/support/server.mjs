// A static host for tests: a folder, with or without range requests, with or without a strict page policy, and with single
// files replaced (`site.json` in French, say). It keeps what it was asked for.

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.geojson': 'application/geo+json', '.png': 'image/png', '.webp': 'image/webp', '.txt': 'text/plain; charset=utf-8' };

/** The policy that `harmattan serve` sends. */
export const strict_policy = "default-src 'self'; img-src 'self' blob: data:; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Serves `folder` on a free port of the loopback address; `stop()` ends it.
    `replace` maps paths ("site.json") to bodies; a body of `null` answers 404. `answer(path)` may answer for others with
    `{status, body, type}`. */
export async function serve(folder, { ranges = true, policy = strict_policy, replace = {}, answer = () => undefined } = {}) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://host').pathname)).replace(/^\/+/, '') || 'index.html';
    asked.push({ path, range: request.headers.range });
    const headers = { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Cache-Control': 'no-store' };
    if (policy) headers['Content-Security-Policy'] = policy;
    if (path in replace && replace[path] !== null) {
      return response.writeHead(200, { ...headers, 'Content-Length': Buffer.byteLength(replace[path]) }).end(replace[path]);
    }

    const made = await answer(path);
    if (made) return response.writeHead(made.status ?? 200, made.type ? { ...headers, 'Content-Type': made.type } : headers).end(made.body);

    const file = join(folder, path);
    let size;
    try {
      if (path.startsWith('..') || replace[path] === null) throw new Error();
      const stat = statSync(file);
      if (!stat.isFile()) throw new Error();
      size = stat.size;
    } catch {
      return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
    }
    const wanted = ranges && /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    if (!wanted) {
      response.writeHead(200, { ...headers, 'Content-Length': size });
      return createReadStream(file).pipe(response);
    }
    const first = Number(wanted[1]);
    const last = Math.min(wanted[2] ? Number(wanted[2]) : size - 1, size - 1);
    if (first > last) return response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
    response.writeHead(206, { ...headers, 'Content-Length': last - first + 1, 'Content-Range': `bytes ${first}-${last}/${size}` });
    createReadStream(file, { start: first, end: last }).pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    asked,
    stop: () => new Promise((stopped) => { server.close(stopped); server.closeAllConnections(); }),
  };
}
