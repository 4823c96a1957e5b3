// Drives a browser for a test that talks to it over stdin and stdout, in lines of JSON: {id, tab, action, …} is answered by
// {id, value} or {id, error}, as soon as it is done. The browser is $CHROMIUM; it ends when stdin does.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const timeout = 30_000; // milliseconds that any action may take
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
const tabs = new Map();

/** Opens a tab of its own, with nothing shared, and notes all that should not happen in it. */
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

// In the actions, frame is the number of a frame, 0 for the page itself.
const frame = ({ tab, frame: number }) => tabs.get(tab).page.frames()[number];

const actions = {
  open,
  visit: async ({ tab, url }) => (await tabs.get(tab).page.goto(url)).status(),
  reload: async ({ tab }) => (await tabs.get(tab).page.reload()).status(),
  run: (order) => frame(order).evaluate(order.script),
  // Not waitForFunction: the policy of the pages forbids the eval that it needs.
  until: async (order) => {
    const look = `new Promise((done) => {
      const look = () => ((${order.script}) ? done() : requestAnimationFrame(look));
      look();
    })`;
    const late = new Promise((_, reject) => setTimeout(reject, timeout, new Error('not within 30 s')).unref());
    await Promise.race([frame(order).evaluate(look), late]);
  },
  type: (order) => frame(order).locator(order.selector).pressSequentially(order.text),
  press: (order) => frame(order).locator(order.selector).press(order.text),
  click: (order) => frame(order).locator(order.selector).click(),
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
  const order = JSON.parse(line);
  const say = (answer) => process.stdout.write(`${JSON.stringify({ id: order.id, ...answer })}\n`);
  try {
    say({ value: (await actions[order.action](order)) ?? null });
  } catch (error) {
    say({ error: error.message });
  }
});
lines.on('close', () => browser.close());
