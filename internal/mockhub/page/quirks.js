// The page of the switches.
import { el } from './dom.js';
import { badge } from './parts.js';

export const data = '/page/quirks.json';
export const searchFor = 'Search switches';

const example = `terraform-provider-aichatbothub mock -quirks '{"ListLag":1000000000,"UnknownStatus":403}'`;

export function show(switches, query) {
  const found = switches.filter((q) => `${q.name} ${q.text}`.toLowerCase().includes(query));
  return [el('main', { class: 'card', 'aria-labelledby': 'title' },
    el('h2', { id: 'title' }, 'Switches ', el('span', { class: 'muted' }, `${switches.filter((q) => q.changed).length} of ${switches.length} changed`)),
    el('p', {}, 'Where it is not known how the service behaves, or where deployments differ, a switch makes the mock behave in another way. ',
      'Switches are set when the mock starts, and durations are in nanoseconds:'),
    el('pre', {}, example),
    el('ul', { class: 'rows' }, ...found.map(row), ...(found.length ? [] : [el('li', { class: 'muted' }, 'None found')])))];
}

function row(q) {
  return el('li', { key: q.name },
    el('p', {}, el('strong', {}, q.name), el('span', { class: 'muted' }, q.type), badge(q.shown || JSON.stringify(q.value), q.changed ? 'busy' : '')),
    el('p', { class: 'prompt' }, q.text));
}
