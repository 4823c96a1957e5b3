import { el, morph } from './dom.js';
import { chatbot, counted, more, request } from './overview-parts.js';

const interval = 1000; // milliseconds between two requests
const place = Object.fromEntries(['live', 'totals', 'chatbots', 'requests'].map((id) => [id, document.getElementById(id)]));
let tag = ''; // ETag of the state on the page

async function refresh() {
  const headers = tag ? { 'If-None-Match': tag } : {};
  const answer = await fetch('/page/overview.json', { headers, cache: 'no-store' });
  if (answer.status !== 304) {
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    show(await answer.json());
    tag = answer.headers.get('ETag');
  }
}

function show(state) {
  const changed = tag ? flash : () => {}; // not on the first load, when everything is new
  const { items, more: left } = state.chatbots;
  const fresh = place.chatbots.cloneNode();
  fresh.append(...(items.length ? items.map(chatbot) : [welcome(state.key)]), ...more(left));
  morph(place.chatbots, fresh, changed);

  const requests = place.requests.cloneNode();
  requests.append(...(state.requests.length ? state.requests.map(request) : [el('li', { class: 'muted' }, 'None so far')]));
  morph(place.requests, requests, changed);

  place.totals.textContent = state.totals.map(({ name, count }) => counted(count, name)).join(' · ');
}

function welcome(key) {
  const lines = [
    `export AICHATBOTHUB_BASE_URL='${location.origin}'`,
    `export AICHATBOTHUB_API_KEY='${key || 'the value of -key'}'`,
    'terraform apply',
  ];
  return el('section', { class: 'card welcome' },
    el('h2', {}, 'No objects yet'),
    el('p', {}, 'Configure the provider to use this mock. The objects that Terraform creates are shown here:'),
    el('pre', {}, lines.join('\n')));
}

function flash(node) {
  delete node.dataset.flash;
  void node.offsetWidth; // restarts a running animation
  node.dataset.flash = '';
}

document.addEventListener('animationend', (event) => delete event.target.dataset.flash);

async function run() {
  try {
    if (!document.hidden) await refresh();
    document.body.classList.remove('lost');
    setStatus('Live');
  } catch {
    document.body.classList.add('lost');
    setStatus('The mock does not answer. Trying again…');
  }
  setTimeout(run, interval);
}

// Sets the text only if it differs, because screen readers announce each change.
function setStatus(text) {
  if (place.live.textContent !== text) place.live.textContent = text;
}

run();
