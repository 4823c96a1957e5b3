// The page of the objects, with the latest requests.
import { el } from './dom.js';
import { chatbot, counted, more, request } from './parts.js';

export const data = '/page/overview.json';
export const searchFor = 'Search all objects';
export const mockSearches = true;

export function show({ key, totals, requests, chatbots: { items, more: left } }, query) {
  const none = query ? nothing(query) : welcome(key);
  return [
    el('p', { id: 'totals', class: 'muted' }, totals.map(({ name, count }) => counted(count, name)).join(' · ')),
    el('div', { class: 'columns' },
      el('main', { id: 'chatbots', 'aria-label': 'Chatbots' }, ...(items.length ? items.map(chatbot) : [none]), ...more(left), answers()),
      el('aside', { 'aria-labelledby': 'requests-title' },
        el('h2', { id: 'requests-title' }, 'Latest requests', el('a', { href: '/requests' }, 'All')),
        el('ol', { id: 'requests' }, ...(requests.length ? requests.map((r) => request(r, r.route)) : [el('li', { class: 'muted' }, 'None so far')])))),
  ];
}

function answers() {
  return el('p', { class: 'muted', 'data-quiet': '' }, 'The mock has no language model. It answers a question that a question-and-answer source has. Started with ',
    el('code', {}, '-answers documents'), ', it also answers with the sentences of text files that have most words of the question, and cites the file.');
}

function nothing(query) {
  return el('section', { class: 'card welcome' }, el('h2', {}, 'Nothing found'), el('p', {}, `No object has “${query}” in it.`));
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
