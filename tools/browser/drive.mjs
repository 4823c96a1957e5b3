// Controls a browser for a test. Each line of stdin is a JSON command {id, tab, action, …}. The result is a line of JSON on
// stdout, {id, value} or {id, error}. Commands run concurrently. $CHROMIUM is the path of the browser. The script ends when
// stdin is closed.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const timeout = 30_000; // milliseconds that any action may take
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
const tabs = new Map();

/** Opens a tab in a new browser context, and records errors, warnings, dialogs and requests to other origins. */
async function open({ tab, width, height, dark, origins }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  const problems = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && !origins.includes(url.origin)) problems.push(`request: ${url}`);
  });
  tabs.set(tab, { context, page, problems });
}

// Returns the frame of a command. Frame 0 is the page itself.
const frame = ({ tab, frame: number }) => tabs.get(tab).page.frames()[number];

const actions = {
  open,
  visit: async ({ tab, url }) => (await tabs.get(tab).page.goto(url)).status(),
  reload: async ({ tab }) => (await tabs.get(tab).page.reload()).status(),
  run: (command) => frame(command).evaluate(command.script),
  // waitForFunction does not work here: it needs eval, which the content security policy of the pages forbids.
  until: async (command) => {
    const look = `new Promise((done) => {
      const look = () => ((${command.script}) ? done() : requestAnimationFrame(look));
      look();
    })`;
    const late = new Promise((_, reject) => setTimeout(reject, timeout, new Error('not within 30 s')).unref());
    await Promise.race([frame(command).evaluate(look), late]);
  },
  type: (command) => frame(command).locator(command.selector).pressSequentially(command.text),
  press: (command) => frame(command).locator(command.selector).press(command.text),
  click: (command) => frame(command).locator(command.selector).click(),
  shoot: async ({ tab, file }) => {
    await tabs.get(tab).page.screenshot({ path: file, fullPage: true });
  },
  close: async ({ tab }) => {
    const { context, problems } = tabs.get(tab);
    await context.close();
    return problems;
  },
};

const lines = createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  const command = JSON.parse(line);
  const reply = (result) => process.stdout.write(`${JSON.stringify({ id: command.id, ...result })}\n`);
  try {
    reply({ value: (await actions[command.action](command)) ?? null });
  } catch (error) {
    reply({ error: error.message });
  }
});
lines.on('close', () => browser.close());
