// The page of the API.
import { el } from './dom.js';
import { badge } from './parts.js';

export const data = '/page/overview.json';
export const searchFor = 'Search endpoints';

const endpoints = await (await fetch('/page/docs.json')).json();
const contract = 'https://github.com/aichatbothub/terraform-provider-aichatbothub/blob/main/contributing/api.md';
const marks = { S: 'the vendor’s SDK', D: 'the published documentation', O: 'the OpenAPI file of 2023', C: 'a client by a third party' };

export function show({ chatbots }, query) {
  const uuids = newest(chatbots.items[0]);
  const found = endpoints.filter((e) => `${e.operation} ${e.method} ${e.path} ${e.body} ${e.answer}`.toLowerCase().includes(query));
  return [el('main', { class: 'card', 'aria-labelledby': 'title' },
    el('h2', { id: 'title' }, 'API ', el('span', { class: 'muted' }, `${endpoints.length} endpoints`)),
    el('p', {}, 'The requests are for the newest chatbot and the newest objects in it. They need the key that the mock printed when it started:'),
    el('pre', {}, `export AICHATBOTHUB_API_KEY='…'`),
    el('p', { class: 'muted' }, 'A star marks a required field, and a success has status 200. These are the endpoints of the contract that the provider is written for, whose sections (§) are in ',
      el('a', { href: contract, target: '_blank', rel: 'noopener noreferrer' }, 'contributing/api.md'), '. The service may differ from it.'),
    el('ul', { class: 'rows' }, ...found.map((e) => row(e, uuids)), ...(found.length ? [] : [el('li', { class: 'muted' }, 'None found')])))];
}

// Returns the uuids for the words in the requests. Only user-facing agents have all settings of the example bodies.
function newest(bot) {
  if (!bot) return {};
  const { agents, sources, tags, sessions } = bot;
  const agent = agents.items.find((a) => a.type === 'user-facing');
  return {
    CHATBOT_UUID: bot.uuid,
    AGENT_UUID: agent?.uuid,
    FUNCTION_UUID: agents.items.flatMap((a) => a.tool_functions.items)[0]?.uuid,
    DATA_SOURCE_UUID: sources.items[0]?.uuid,
    LINK_UUID: sources.items.find((s) => s.type === 'link')?.uuid,
    SOURCE_TAG_UUID: tags.items[0]?.uuid,
    SESSION_UUID: sessions.items[0]?.uuid,
    MESSAGE_UUID: sessions.items.flatMap((s) => s.messages.items)[0]?.uuid,
  };
}

function row(e, uuids) {
  const missing = [];
  const request = e.curl.replace(/\b[A-Z_]+_UUID\b/g, (word) => {
    if (!uuids[word]) missing.push(word);
    return uuids[word] ?? word;
  });
  const support = e.support.split(' ').map((mark) => marks[mark]).join(', ');
  return el('li', { key: `${e.method} ${e.path}` },
    el('h3', {}, badge(e.method), el('code', {}, e.path), el('span', { class: 'muted' }, e.operation)),
    e.body ? el('p', {}, 'Body: ', ...inline(e.body)) : null,
    el('p', {}, 'Answer: ', ...inline(e.answer)),
    el('p', { class: 'muted' }, `Source: ${support}`),
    missing.length ? el('p', { class: 'note busy' }, `There is no object for ${missing.join(' and ')} yet. Create one first.`) : null,
    el('div', { class: 'request' }, el('pre', {}, request), el('button', { type: 'button', class: 'copy' }, 'Copy')));
}

// Converts code and bold text of Markdown.
function inline(text) {
  return text.split(/(`[^`]*`|\*\*[^*]*\*\*)/).map((part) => {
    if (part.startsWith('`')) return el('code', {}, part.slice(1, -1));
    if (part.startsWith('**')) return el('strong', {}, part.slice(2, -2).replaceAll('`', ''));
    return part;
  });
}
