// Debian's Chromium, headless, drawing WebGL in software, and pages that remember everything that went wrong.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const web = fileURLToPath(new URL('../../../web/', import.meta.url));
export const from_web = createRequire(`${web}package.json`);

/** Where Chromium is: $CHROMIUM, else Debian's; undefined where there is none. */
export const chromium_path = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));

export function launch() {
  const { chromium } = from_web('playwright-core');
  return chromium.launch({
    executablePath: chromium_path,
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  });
}

/** Opens `url` and waits until the map stands. The page carries `problems` (console errors, page errors, failed requests)
    and `foreign` (addresses asked of any other host). */
export async function open(browser, url, { ready = true, ...options } = {}) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 }, ...options });
  page.setDefaultTimeout(120_000); // bounds a hang only: the machine may be slow and busy
  page.problems = [];
  page.foreign = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !/GPU stall due to ReadPixels/.test(message.text())) page.problems.push(message.text()); });
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== new URL(url).origin) page.foreign.push(request.url());
  });
  await page.goto(url);
  if (ready) await page.waitForSelector('html[data-ready]');
  return page;
}
