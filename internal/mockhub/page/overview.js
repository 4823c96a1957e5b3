import { el, morph } from './dom.js';
import { chatbot, counted, more, request } from './overview-parts.js';

const every = 1000; // milliseconds between two looks at the mock
const place = Object.fromEntries(['live', 'totals', 'chatbots', 'requests'].map((id) => [id, document.getElementById(id)]));
let tag = ''; // of the state on the page

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
  const changed = tag ? flash : () => {}; // on the first look everything would be new
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
    `export AICHATBOTHUB_API_KEY='${key || 'the key that the mock was started with'}'`,
    'terraform apply',
  ];
  return el('section', { class: 'card welcome' },
    el('h2', {}, 'Nothing here yet'),
    el('p', {}, 'Point the provider at this mock, and what Terraform makes shows up here:'),
    el('pre', {}, lines.join('\n')));
}

function flash(node) {
  delete node.dataset.flash;
  void node.offsetWidth; // lets an animation that still runs begin again
  node.dataset.flash = '';
}

document.addEventListener('animationend', (event) => delete event.target.dataset.flash);

async function run() {
  try {
    if (!document.hidden) await refresh();
    document.body.classList.remove('lost');
    say('Live');
  } catch {
    document.body.classList.add('lost');
    say('The mock does not answer. Trying again…');
  }
  setTimeout(run, every);
}

// Only a text that differs is set: a screen reader would read it out each second.
function say(text) {
  if (place.live.textContent !== text) place.live.textContent = text;
}

run();
