// What both pages need to build their content. All text goes in as text nodes, so nothing that a user wrote becomes HTML.

/** Returns an element. Options: class, text of attributes, and key, by which morph finds it again. Children: nodes or texts. */
export function el(name, { key, ...attributes } = {}, ...children) {
  const node = document.createElement(name);
  if (key) node.dataset.key = key;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/**
 * Makes old look like fresh. Nodes that stay are kept, and with them focus, scroll position and opened <details>.
 * Children with a key are found by it, others by their place. changed is called with each keyed element that is new or has
 * changed outside its own keyed children; [data-quiet] parts do not count. Returns whether old itself has changed.
 *
 * An element with `made` and `fill` gets its content from fill only when made, a text, differs from that of the old one.
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
    const there = old.childNodes[i] ?? null;
    const key = next.dataset?.key;
    const twin = key ? keyed.get(key) : there;
    if (twin?.nodeName !== next.nodeName || twin.dataset?.key !== key) {
      next.fill?.();
      old.insertBefore(next, there);
      if (key) changed(next);
      else own = true;
      return;
    }
    if (twin !== there) old.insertBefore(twin, there);
    const differs = twin.nodeType === Node.TEXT_NODE ? copyText(twin, next) : refill(twin, next, changed);
    if (differs && key) changed(twin);
    else if (differs) own = true;
  });
  while (old.childNodes.length > wanted.length) {
    old.lastChild.remove();
    own = true;
  }
  return own && !('quiet' in old.dataset);
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

// Whether <details> are open is the reader's business, and data-flash the page's.
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
  // As an attribute, a style would be refused by the page's policy.
  if (old.style.cssText !== fresh.style.cssText) {
    old.style.cssText = fresh.style.cssText;
    differs = true;
  }
  return differs;
}
