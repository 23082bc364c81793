// node old/run.js [SHOTS]: the same tests in Chromium 78 and 83, which offices still have. Both come from
// npm packages for servers (`npm ci` in this folder), packed by Brotli.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const zlib = require('node:zlib');
const tests = require('../tests');
const { adapted } = require('./page');

// What needs a request held back or waited for, a download, another medium or `Input.imeSetComposition` is
// for a newer browser's protocol.
const NOT_HERE = /comes late|while a save|input method|full disk|can not be written|is hidden|nobody changes|high contrast|printed,|file gone|too old|about:blank/;

// The browser of a package, unpacked where it stays.
function unpacked(version) {
  const kept = path.join(os.tmpdir(), `nianbao-chromium-${version}`);
  const program = path.join(kept, 'chrome');
  if (fs.existsSync(program)) return program;
  fs.mkdirSync(kept, { recursive: true });
  const packed = path.join(path.dirname(require.resolve(`chromium-${version}/package.json`)), 'bin', 'chromium.br');
  fs.writeFileSync(`${program}.part`, zlib.brotliDecompressSync(fs.readFileSync(packed)), { mode: 0o755 });
  fs.renameSync(`${program}.part`, program);
  return program;
}

(async () => {
  const shots = process.argv[2];
  let failed = 0;
  for (const version of (process.env.OLD || '78 83').split(' ')) {
    const puppeteer = require(`puppeteer-${version}`);
    const into = shots && path.join(shots, version);
    if (into) fs.mkdirSync(into, { recursive: true });
    for (const [name, test] of tests.chosen().filter(([name]) => !NOT_HERE.test(name))) {
      const from = Date.now();
      // One process holds all of it: a browser for each test, or a page that is closed takes the next with it.
      const running = await puppeteer.launch({
        executablePath: unpacked(version), args: ['--no-sandbox', '--single-process', '--no-zygote', '--disable-gpu'],
        defaultViewport: { width: 1366, height: 768 },
      });
      try {
        await test(async () => adapted(await running.newPage()), into);
        console.log(`ok    ${version} ${name}, ${Date.now() - from} ms`);
      } catch (error) {
        failed += 1;
        console.log(`FAULT ${version} ${name}: ${error.stack}`);
      }
      await Promise.race([running.close(), new Promise((late) => setTimeout(late, 2000))]);
      running.process().kill('SIGKILL');
    }
  }
  console.log(`${failed} failed`);
  process.exit(failed ? 1 : 0);
})();
