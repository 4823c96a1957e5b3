// Functions that build the content of the pages. All texts are added as text nodes, so they cannot contain HTML.

/** Returns an element with attributes and children (nodes or texts). morph uses key to find the same element again. */
export function el(name, { key, ...attributes } = {}, ...children) {
  const node = document.createElement(name);
  if (key) node.dataset.key = key;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/**
 * Makes old equal to fresh. Existing nodes are reused, so that they keep focus, scroll position and open <details>.
 * Children with a key are matched by it, others by position. changed is called with each keyed element that is new or has
 * changed outside its own keyed children; changes in [data-quiet] elements are not counted. Returns whether old has changed.
 *
 * If an element has `made` (a string) and `fill`, fill is called to build its content only if made has changed.
 */
export function morph(old, fresh, changed) {
  let own = copyAttributes(old, fresh);
  const staying = new Set([...fresh.children].map((child) => child.dataset.key));
  const keyed = new Map();
  for (const child of [...old.children]) {
    const key = child.dataset.key;
    if (key && staying.has(key)) keyed.set(key, child);
    else if (key) child.remove();
  }
  const wanted = [...fresh.childNodes];
  wanted.forEach((next, i) => {
    const current = old.childNodes[i] ?? null;
    const key = next.dataset?.key;
    const match = key ? keyed.get(key) : current;
    if (match?.nodeName !== next.nodeName || match.dataset?.key !== key) {
      complete(next);
      old.insertBefore(next, current);
      if (key) changed(next);
      else own = true;
      return;
    }
    if (match !== current) old.insertBefore(match, current);
    const differs = match.nodeType === Node.TEXT_NODE ? copyText(match, next) : refill(match, next, changed);
    if (differs && key) changed(match);
    else if (differs) own = true;
  });
  while (old.childNodes.length > wanted.length) {
    old.lastChild.remove();
    own = true;
  }
  return own && !('quiet' in old.dataset);
}

// Builds the content of a new element and of those in it.
function complete(node) {
  node.fill?.();
  for (const child of node.children ?? []) complete(child);
}

function refill(old, fresh, changed) {
  if (fresh.made !== undefined && old.made === fresh.made) return false;
  fresh.fill?.();
  old.made = fresh.made;
  return morph(old, fresh, changed);
}

function copyText(old, fresh) {
  if (old.data === fresh.data) return false;
  old.data = fresh.data;
  return true;
}

// The user opens and closes <details>, and page.js sets data-flash.
const untouched = ['open', 'data-flash', 'style'];

function copyAttributes(old, fresh) {
  let differs = false;
  const names = new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()]);
  for (const name of names) {
    const value = fresh.getAttribute(name);
    if (untouched.includes(name) || value === old.getAttribute(name)) continue;
    differs = true;
    if (value === null) old.removeAttribute(name);
    else old.setAttribute(name, value);
  }
  // The content security policy of the page forbids style attributes.
  if (old.style.cssText !== fresh.style.cssText) {
    old.style.cssText = fresh.style.cssText;
    differs = true;
  }
  return differs;
}
