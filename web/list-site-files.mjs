// Writes site-files.json: every file of the viewer that an exported site gets, from where and to where, and for what is not
// ours the package, version, licence and SHA-256. Run it after changing a dependency or adding a file to viewer/:
//
//     node web/list-site-files.mjs
//
// Which packages lie inside MapLibre GL JS is read from its source maps, so that no licence is forgotten.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const read = (path) => readFileSync(here + path);
const json = (path) => JSON.parse(read(path));

/** The viewer's own files: the page goes to the top of the site, all else beside it. */
function ownFiles() {
  return readdirSync(`${here}viewer`).sort().map((name) => (
    { from: `viewer/${name}`, to: name === 'index.html' ? name : `viewer/${name}` }));
}

// why .js: common static hosts do not know .mjs, and a browser refuses a module that is not sent as JavaScript.
const shipped = {
  'maplibre-gl': ['dist/maplibre-gl.mjs', 'dist/maplibre-gl-worker.mjs', 'dist/maplibre-gl.css'],
  pmtiles: ['dist/pmtiles.js'],
};

/** Packages whose source lies inside the shipped files, by their source maps. */
function bundled() {
  const names = new Set();
  for (const [name, files] of Object.entries(shipped)) {
    for (const file of files) {
      const map = `node_modules/${name}/${file}.map`;
      if (!existsSync(here + map)) continue;
      for (const source of json(map).sources) {
        const inside = source.split('node_modules/').at(-1).match(/^(@[^/]+\/)?[^/]+/);
        if (source.includes('node_modules/') && inside) names.add(inside[0]);
      }
    }
  }
  return [...names].filter((name) => !(name in shipped)).sort();
}

/** A file of a package with where it goes and what it is. */
function vendored(name, from, to) {
  const about = json(`node_modules/${name}/package.json`);
  return { from, to, package: name, version: about.version, licence: about.license,
    sha256: createHash('sha256').update(read(from)).digest('hex') };
}

/** The licence text of a package: ours where the package carries none, its readme where it stands there. */
function licenceOf(name) {
  const to = `vendor/licences/${name.replace('@', '').replace('/', '-')}.txt`;
  const own = `licences/${name}.txt`;
  if (existsSync(here + own)) return vendored(name, own, to);
  const folder = `node_modules/${name}`;
  const files = readdirSync(here + folder);
  const file = files.find((f) => /^licen[cs]e/i.test(f)) ?? files.find((f) => /^readme/i.test(f) && /## License/i.test(read(`${folder}/${f}`)));
  if (!file) throw new Error(`${name} carries no licence text: put one into web/licences/${name}.txt`);
  return vendored(name, `${folder}/${file}`, to);
}

export function siteFiles() {
  const vendor = [];
  for (const [name, files] of Object.entries(shipped)) {
    for (const file of files) vendor.push(vendored(name, `node_modules/${name}/${file}`, `vendor/${file.split('/').at(-1).replace(/\.mjs$/, '.js')}`));
  }
  const licences = [...Object.keys(shipped), ...bundled()].map(licenceOf);
  return { files: ownFiles(), vendor: [...vendor, ...licences] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const list = siteFiles();
  const lines = (rows) => rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  writeFileSync(`${here}site-files.json`, `{\n  "files": [\n${lines(list.files)}\n  ],\n  "vendor": [\n${lines(list.vendor)}\n  ]\n}\n`);
  console.log(`site-files.json: ${list.files.length} own files, ${list.vendor.length} of ${new Set(list.vendor.map((v) => v.package)).size} packages`);
}
