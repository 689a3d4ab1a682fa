// The program under test, serving: HARMATTAN_PROGRAM names it. Without it the tests of serving say so and skip.

import { spawn } from 'node:child_process';
import { chromium_path } from './browser.mjs';
import { folder, needs_site } from './site.mjs';

export const program = process.env.HARMATTAN_PROGRAM;

/** Options of a test that needs the program and a site's archives, or a browser too. */
export const needs_program = !folder ? needs_site : program ? {} : { skip: 'HARMATTAN_PROGRAM names no program' };
export const needs_program_and_browser = !folder || !program ? needs_program : chromium_path ? {} : { skip: 'no Chromium: set CHROMIUM or install it' };

/** Starts `harmattan serve` with `words` on a free port. `url` ends without a slash; `stop()` sends SIGTERM and gives the exit
    code; `log()` is what the program has said. */
export async function startServer(...words) {
  const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  const ended = new Promise((done) => child.once('exit', done));
  const url = await new Promise((done, failed) => {
    const late = setTimeout(() => { child.kill('SIGKILL'); failed(new Error(`no address after 60 s: ${log}`)); }, 60_000);
    child.stderr.setEncoding('utf8').on('data', (text) => {
      log += text;
      const address = /^serving .* at (http:\/\/[^\s,/]+)/m.exec(log)?.[1];
      if (address) { clearTimeout(late); done(address); }
    });
    child.once('exit', (code) => { clearTimeout(late); failed(new Error(`ended with ${code}: ${log}`)); });
  });
  return { url, log: () => log, stop: () => { child.kill('SIGTERM'); return ended; } };
}
