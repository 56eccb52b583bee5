// Wakes the islands of this page from the outside in, so that an inner one finds the context of the one around it.
const within = [];
const wake = (node) => {
  const kind = node.localName;
  if (kind === "leptos-island") {
    const island = ISLANDS[node.dataset.component];
    if (island) {
      within.at(-1)?.();
      island(node);
    } else console.error(`no island ${node.dataset.component}`);
  }
  if (kind === "leptos-children") within.push(node.$$on_hydrate);
  for (const child of [...node.children]) wake(child);
  if (kind === "leptos-children") within.pop();
};
await __wbg_init({ module_or_path: PROGRAM });
hydrate();
wake(document.body);
document.documentElement.dataset.awake = "";
