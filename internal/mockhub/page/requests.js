// The page of the latest requests, newest first.
import { el } from './dom.js';
import { more, request } from './parts.js';

export const data = '/page/requests.json';
export const searchFor = 'Search by method, path or status';

export function show({ items, more: left }, query) {
  const found = items.filter((r) => `${r.method} ${r.path} ${r.status}`.toLowerCase().includes(query));
  const list = found.map((r) => request(r, `${r.method} ${r.path}`));
  return [el('main', { class: 'card', 'aria-labelledby': 'title' },
    el('h2', { id: 'title' }, 'Requests ', el('span', { class: 'muted' }, 'newest first')),
    el('ol', { id: 'requests' }, ...(list.length ? list : [el('li', { class: 'muted' }, query ? 'None found' : 'None so far')]), ...more(left, 'li')))];
}
