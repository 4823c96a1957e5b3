// A visitor's chat. The page begins a session with the first question and keeps it as long as its tab is open.
import { el } from './dom.js';

const base = location.pathname.replace(/\/$/, '');
const [log, form, box] = ['log', 'ask', 'question'].map((id) => document.getElementById(id));
const button = form.querySelector('button');
let session = stored();

function stored() {
  try {
    return sessionStorage.getItem(base) ?? '';
  } catch {
    return ''; // an embedding page can forbid storage; the session then ends with the page
  }
}

function keep(uuid) {
  session = uuid;
  try {
    sessionStorage.setItem(base, uuid);
  } catch {
    // as above
  }
}

/** Says no: words for the visitor, and the status, which is 0 when there was no answer. */
class Refused extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

async function call(path, options) {
  let answer;
  try {
    answer = await fetch(base + path, { cache: 'no-store', ...options });
  } catch {
    throw new Refused('There is no connection to the chatbot. Try again in a moment.', 0);
  }
  if (!answer.ok) throw new Refused((await answer.text()).trim(), answer.status);
  return answer;
}

const messages = async () => (await call(`/session/${session}`)).json();

async function ask(query) {
  const turn = begin(query);
  try {
    if (!session) keep(await (await call('/session', { method: 'POST' })).text());
    const answer = await call(`/session/${session}/message`, { method: 'POST', body: query });
    await stream(answer, turn);
    finish(turn, (await messages()).at(-1));
  } catch (refused) {
    if ([404, 409].includes(refused.status)) keep('');
    note(turn, refused.message);
  }
}

/** Shows an answer as it comes. A piece can end in the midst of a character: the decoder keeps the rest for the next one. */
async function stream(answer, turn) {
  const decoder = new TextDecoder();
  const reader = answer.body.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      grow(() => turn.response.append(decoder.decode(piece.value, { stream: true })));
    }
    grow(() => turn.response.append(decoder.decode()));
  } catch {
    throw new Refused('The connection broke. The answer may not be whole.', 0);
  }
}

/** Adds a question, with an empty answer. */
function begin(query) {
  const turn = { response: el('p', { class: 'response' }), root: el('article') };
  turn.root.append(el('p', { class: 'query' }, query), turn.response);
  grow(() => log.append(turn.root), true);
  return turn;
}

function finish(turn, message) {
  if (message?.error_message) note(turn, 'The answer may not be whole.');
  else if (message?.response === '' && !message.pending) note(turn, 'No answer came.');
  if (message?.citations.length) {
    const list = el('ul', {}, ...message.citations.map((title) => el('li', {}, title)));
    grow(() => turn.root.append(el('section', { class: 'citations', 'aria-label': 'Sources' }, el('p', {}, 'Sources'), list)));
  }
}

function note(turn, words) {
  grow(() => turn.root.append(el('p', { class: 'note busy' }, words)));
}

/** Changes the conversation and stays at its end, unless the reader has scrolled away from it. */
function grow(change, always = false) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  change();
  if (atEnd || always) log.scrollTop = log.scrollHeight;
}

/** Does one thing at a time: the next question waits for the answer to the last one. */
async function busy(work) {
  button.disabled = true;
  log.setAttribute('aria-busy', 'true'); // read out whole, not piece by piece
  await work();
  log.removeAttribute('aria-busy');
  button.disabled = false;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const query = box.value.trim();
  if (!query || button.disabled) return;
  box.value = '';
  busy(() => ask(query));
});

box.addEventListener('keydown', (event) => {
  // Enter also ends the composing of a word in some scripts: isComposing.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

async function resume() {
  if (!session) return;
  try {
    for (const message of await messages()) {
      const turn = begin(message.query);
      turn.response.append(message.response);
      finish(turn, message);
    }
  } catch {
    keep(''); // the session is gone
  }
}

if (window.top === window) box.focus(); // in a frame the focus belongs to the page around it
busy(resume);
