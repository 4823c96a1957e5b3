// Shows the page of the current path, and refreshes it while it is visible.
import { el, morph } from './dom.js';

const pages = { '/': ['Objects', 'overview'], '/requests': ['Requests', 'requests'], '/quirks': ['Switches', 'quirks'], '/docs': ['API', 'docs'] };
const interval = 1000; // milliseconds between two requests
const place = Object.fromEntries(['nav', 'live', 'search', 'content'].map((id) => [id, document.getElementById(id)]));
const [title, name] = pages[location.pathname];

// A page has the path of its data, a placeholder for the search, whether the mock searches or the page itself, and a function that returns its elements.
const page = await import(`./${name}.js`);
let query = new URLSearchParams(location.search).get('q') ?? '';
let tag = ''; // ETag of the state on the page
let state;

place.nav.append(...Object.entries(pages).map(([path, [text]]) =>
  el('a', path === location.pathname ? { href: path, 'aria-current': 'page' } : { href: path }, text)));
document.title = `${title} · ${document.title}`;
place.search.placeholder = page.searchFor;
place.search.setAttribute('aria-label', page.searchFor);
place.search.value = query;

// Gets the data, and returns a function that shows it, or undefined if nothing has changed.
async function load() {
  const asked = query;
  const path = page.mockSearches && asked ? `${page.data}?${new URLSearchParams({ q: asked })}` : page.data;
  const answer = await fetch(path, { headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store' });
  if (answer.status === 304) return undefined;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const fresh = await answer.json();
  if (asked !== query && page.mockSearches) return undefined; // the answer to an earlier search
  return () => {
    state = fresh;
    show(tag ? flash : () => {}); // not on the first load, when everything is new
    tag = answer.headers.get('ETag');
  };
}

function show(changed) {
  const fresh = place.content.cloneNode();
  fresh.append(...page.show(state, query.trim().toLowerCase()));
  morph(place.content, fresh, changed);
}

place.search.addEventListener('input', () => {
  query = place.search.value;
  history.replaceState(null, '', query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
  if (!page.mockSearches && state) show(() => {});
  if (!page.mockSearches) return;
  tag = '';
  clearTimeout(timer);
  run();
});

function flash(node) {
  delete node.dataset.flash;
  void node.offsetWidth; // restarts a running animation
  node.dataset.flash = '';
}

document.addEventListener('animationend', (event) => delete event.target.dataset.flash);

// Works without a handler on each element, because morph makes elements equal and does not know handlers.
document.addEventListener('click', async ({ target }) => {
  if (!target.matches('.copy')) return;
  const code = target.parentElement.querySelector('pre');
  try {
    await navigator.clipboard.writeText(code.textContent);
    target.textContent = 'Copied';
    setTimeout(() => { target.textContent = 'Copy'; }, 1500);
  } catch { // browsers have no clipboard for pages of other machines without TLS
    getSelection().selectAllChildren(code);
  }
});

let timer;

async function run() {
  let change;
  try {
    if (!document.hidden) change = await load();
    document.body.classList.remove('lost');
    setStatus('Live');
  } catch {
    document.body.classList.add('lost');
    setStatus('The mock does not answer. Trying again…');
  }
  clearTimeout(timer);
  timer = setTimeout(run, interval);
  change?.();
}

// Sets the text only if it differs, because screen readers announce each change.
function setStatus(text) {
  if (place.live.textContent !== text) place.live.textContent = text;
}

run();
