// The chat of a visitor. The page creates a session with the first question and uses it until the tab is closed.
import { el } from './dom.js';

const base = location.pathname.replace(/\/$/, '');
const [log, form, box] = ['log', 'ask', 'question'].map((id) => document.getElementById(id));
const button = form.querySelector('button');
let session = stored();

function stored() {
  try {
    return sessionStorage.getItem(base) ?? '';
  } catch {
    return ''; // storage can be disabled in an embedded page; the session is then lost with the page
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

/** An error with a text for the visitor, and the HTTP status, which is 0 if there was no answer. */
class RequestError extends Error {
  constructor(text, status) {
    super(text);
    this.status = status;
  }
}

async function call(path, options) {
  let answer;
  try {
    answer = await fetch(base + path, { cache: 'no-store', ...options });
  } catch {
    throw new RequestError('There is no connection to the chatbot. Try again in a moment.', 0);
  }
  if (!answer.ok) throw new RequestError((await answer.text()).trim(), answer.status);
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
  } catch (error) {
    if ([404, 409].includes(error.status)) keep('');
    note(turn, error.message);
  }
}

/** Shows an answer while it arrives. A piece can end within a character, so the decoder is used in stream mode. */
async function stream(answer, turn) {
  const decoder = new TextDecoder();
  const reader = answer.body.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      grow(() => turn.response.append(decoder.decode(piece.value, { stream: true })));
    }
    grow(() => turn.response.append(decoder.decode()));
  } catch {
    throw new RequestError('The connection was lost. The answer may be incomplete.', 0);
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
  if (message?.error_message) note(turn, 'The answer may be incomplete.');
  else if (message?.response === '' && !message.pending) note(turn, 'There was no answer.');
  if (message?.citations.length) {
    const list = el('ul', {}, ...message.citations.map((title) => el('li', {}, title)));
    grow(() => turn.root.append(el('section', { class: 'citations', 'aria-label': 'Sources' }, el('p', {}, 'Sources'), list)));
  }
}

function note(turn, text) {
  grow(() => turn.root.append(el('p', { class: 'note busy' }, text)));
}

/** Changes the conversation, and scrolls to its end if the end was visible before or always is true. */
function grow(change, always = false) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  change();
  if (atEnd || always) log.scrollTop = log.scrollHeight;
}

/** Disables the form while work runs, so that there is only one question at a time. */
async function busy(work) {
  button.disabled = true;
  log.setAttribute('aria-busy', 'true'); // screen readers announce the complete answer
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
  // With isComposing, Enter completes the input of a word, for example in Japanese.
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
    keep(''); // the session no longer exists
  }
}

if (window.top === window) box.focus(); // an embedded page must not take the focus
busy(resume);
