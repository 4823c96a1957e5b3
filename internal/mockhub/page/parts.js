// Builds elements of the pages from their JSON.
import { el } from './dom.js';

const shortPrompt = 140; // characters

/** Returns the card of a chatbot. Its content is built only if it differs from the card on the page (see morph). */
export function chatbot(bot) {
  const title = `title-${bot.uuid}`;
  const card = el('article', { key: bot.uuid, class: 'card', 'aria-labelledby': title });
  card.made = JSON.stringify(bot);
  card.fill = () => card.append(
    el('header', {},
      el('h2', { id: title }, bot.name),
      badge(bot.visibility, bot.visibility === 'private' ? '' : 'good'),
      bot.no_chat ? el('span', { class: 'muted no-chat' }, bot.no_chat) : chatLink(bot, 'Open the chat'),
      bot.visibility === 'hybrid' ? chatLink(bot, 'HTML to embed it') : null),
    el('p', { class: 'muted' }, el('code', {}, bot.uuid), ` · ${settings(bot)}`),
    part('Agents', bot.agents, agent),
    sources(bot),
    part('Source tags', bot.tags, tag, 'chips'),
    part('Sessions', bot.sessions, session));
  return card;
}

function chatLink(bot, text) {
  return el('a', { href: `/widget/${bot.uuid}`, target: '_blank', rel: 'noopener' }, text);
}

function settings({ rate_limit: [messages, seconds], rate_limit_message: message, show_citations: citations }) {
  return `${messages} messages in ${seconds} s, then “${message}” · citations ${citations ? 'shown' : 'not shown'}`;
}

/** Returns an array with the line that says how many items of a list are not shown, or an empty array. */
export function more(count, name = 'p') {
  return count ? [el(name, { class: 'muted', 'data-quiet': '' }, `and ${count.toLocaleString('en')} more`)] : [];
}

function part(title, { items, more: left }, show, style = 'rows') {
  const section = el('section', { 'data-quiet': '' });
  if (items.length === 0) return section;
  section.append(heading(title, items.length + left), el('ul', { class: style }, ...items.map(show), ...more(left, 'li')));
  return section;
}

/** Returns a number with its noun. */
export function counted(count, name) {
  return `${count.toLocaleString('en')} ${name}${count === 1 ? '' : 's'}`;
}

function heading(title, count, ...rest) {
  const number = el('span', { class: 'muted' }, count.toLocaleString('en'));
  return el('h3', { 'data-quiet': '' }, title, ' ', number, ...rest);
}

/** Returns a short text with a background. */
export function badge(text, kind = '') {
  return el('span', { class: `badge ${kind}` }, text);
}

function agent(a) {
  return el('li', { key: a.uuid },
    el('p', {}, el('strong', {}, a.name), badge(a.enabled ? 'enabled' : 'disabled', a.enabled ? 'good' : ''),
      badge(a.type), a.model ? badge(a.model) : null, a.default ? badge('default') : null),
    prompt(a.prompt),
    part('Tool functions', a.tool_functions, toolFunction));
}

function prompt(text) {
  const line = text.trim().split('\n')[0];
  const start = line.slice(0, shortPrompt).trimEnd();
  if (start === text.trim()) return el('p', { class: 'prompt' }, text);
  return el('details', {}, el('summary', {}, `${start} …`), el('div', { class: 'prompt' }, text));
}

function toolFunction(f) {
  return el('li', { key: f.uuid },
    el('p', {}, badge(f.method), el('strong', {}, f.name), f.enabled ? null : badge('disabled'), el('code', {}, f.external_url)),
    f.headers.length ? el('p', { class: 'muted' }, `Headers: ${f.headers.join(', ')} (values are not shown)`) : null);
}

// There are many statuses. All but success and failures mean that the source is in training.
function kind(status) {
  if (status === 'success') return 'good';
  return status === 'fail' || status.startsWith('error') ? 'bad' : 'busy';
}

function sources({ sources: { items, more: left }, statuses }) {
  const section = el('section', { 'data-quiet': '' });
  if (items.length === 0) return section;
  const counts = statuses.map(({ name, count }) => badge(`${count.toLocaleString('en')} ${name}`, kind(name)));
  const head = el('tr', {}, ...['Status', 'Type', 'Content', 'Tokens'].map((name) => el('th', { scope: 'col' }, name)));
  section.append(heading('Sources', items.length + left, ...counts),
    el('table', {}, el('thead', {}, head), el('tbody', {}, ...items.map(source))), ...more(left));
  return section;
}

function source(s) {
  return el('tr', { key: s.uuid }, el('td', {}, badge(s.status, kind(s.status))), el('td', { class: 'type muted' }, s.type),
    el('td', {}, el('p', {}, s.title), ...content(s)), el('td', { class: 'number' }, s.tokens.toLocaleString('en')));
}

// Addresses are texts and no links: a page that nobody has checked must not be one click away.
function content(s) {
  const lines = [];
  if (s.question) lines.push(el('p', { class: 'query' }, s.question), prompt(s.answer));
  if (s.file_name && s.file_name !== s.title) lines.push(el('p', { class: 'muted' }, el('code', {}, s.file_name)));
  if (s.reference_source_link) lines.push(el('p', { class: 'muted' }, 'Cited as ', el('code', {}, s.reference_source_link)));
  return lines;
}

function tag(t) {
  const swatch = el('span', { class: 'swatch' });
  swatch.style.backgroundColor = t.color;
  return el('li', { key: t.uuid, class: 'chip' }, swatch, t.name, el('span', { class: 'muted' }, `${t.color} · ${counted(t.sources, 'source')}`));
}

function session(s, index) {
  const messages = counted(s.messages.items.length + s.messages.more, 'message');
  const details = el('details', {},
    el('summary', { 'data-quiet': '' }, el('code', {}, s.uuid), ' ', el('span', { class: 'muted' }, `${time(s.created_at)} · ${messages}`)),
    el('ol', { class: 'messages' }, ...more(s.messages.more, 'li'), ...s.messages.items.map(message)));
  details.open = index === 0; // the newest one is open when it is added; the user can change that
  return el('li', { key: s.uuid }, details);
}

function message(m) {
  return el('li', { key: m.uuid },
    el('p', { class: 'query' }, m.query),
    el('p', { class: 'response' }, m.response),
    m.error_message ? el('p', { class: 'bad' }, m.error_message) : null,
    m.citations.length ? el('p', { class: 'muted' }, `Cites ${m.citations.map((title) => `“${title}”`).join(', ')}`) : null);
}

/** Returns an entry of the request log. Status 0: no answer, or none yet. */
export function request(r, text) {
  const kind = r.status >= 500 || r.fault ? 'bad' : r.status >= 400 ? 'busy' : r.status ? 'good' : '';
  const at = new Date(r.at);
  return el('li', { key: r.key }, el('time', { class: 'muted', datetime: r.at, title: at.toLocaleString() }, at.toLocaleTimeString('en-GB')),
    badge(r.status ? String(r.status) : '…', kind), el('code', {}, text));
}

function time(stamp) {
  return new Date(stamp).toLocaleString();
}
