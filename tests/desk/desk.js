// A desk of its own for each test: the program on a fresh folder, and a browser's window on it.
'use strict';
const { spawn, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');
const program = process.env.NIANBAO || path.join(root, 'target', 'release', 'nianbao');
const samples = path.join(root, 'samples');

// A folder with these files, each `NAME: text`.
function folder(files) {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'desk-'));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(made, name), text);
  return made;
}

const sample = (name) => fs.readFileSync(path.join(samples, name), 'utf8');

// Whatever ends the tests ends the programs that they started.
const started = [];
process.on('exit', () => started.forEach((program) => program.kill('SIGKILL')));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => process.exit(1));

// Where desks leave word of themselves: not among those of who runs the tests.
const runtime = fs.mkdtempSync(path.join(os.tmpdir(), 'desk-runtime-'));

const start = (where, more = [], as = {}) => run(['desk', '--no-browser', where, ...more], {}, 'inherit', as);

// Starts the program; resolves with its address and ways to end it.
function run(words, variables = {}, errors = 'inherit', as = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, XDG_RUNTIME_DIR: runtime, ...variables };
    const running = spawn(program, words, { stdio: ['ignore', 'pipe', errors], env, ...as });
    started.push(running);
    const ended = new Promise((over) => running.on('exit', (code, signal) => over({ code, signal })));
    let said = '';
    running.on('error', reject);
    running.stdout.on('data', (data) => {
      said += data;
      const [address, rest] = said.split('\n');
      if (rest !== undefined) resolve({ address, running, ended, kill: (signal) => running.kill(signal) });
    });
    // What it said last may be read after its end: a second start says the first one's address and ends.
    running.on('close', () => reject(new Error(`the program ended before it said its address: ${said}`)));
  });
}

// What a paste of the system's would give, whatever the browser.
async function paste(page, key, formats) {
  await page.focus(`[data-key="${key}"]`);
  await page.evaluate((formats) => {
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(formats)) data.setData(type, text);
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
  }, formats);
}

const cell = (page, key) => page.$eval(`[data-key="${key}"]`, (field) => field.value);
const sum = (page, key) => page.$eval(`[data-sum="${key}"]`, (box) => box.textContent);

// Waits until everything typed is in the file.
async function saved(page) {
  await page.waitForTimeout(50);
  await page.waitForFunction(() => /^已保存/.test(document.getElementById('saved').textContent), null, { timeout: 10000 });
}

const rows = ['natural_person', 'business', 'research', 'social', 'legal', 'other'];
module.exports = { cell, execFileSync, folder, fs, path, paste, program, root, rows, run, runtime, sample, saved, start, sum };
