// Starts the module that an element names: <form data-module="finder"> gets the default export of
// components/finder/finder.js. A module that fails is told to the console; the page stays whole.

const start = async (element, name) => {
  try {
    const module = await import(`./components/${name}/${name}.js`);
    await module.default(element);
  } catch (failure) {
    console.error(`${name}:`, failure);
  }
};

// data-wait names a field: the modules of the element wait until a visitor goes to it, unless the address already answers it.
const wanted = ({ dataset: { wait } }, go) => {
  const field = wait && !new URLSearchParams(location.search).get(wait) && document.querySelector(`[name="${wait}"]`);
  if (!field || field === document.activeElement || field.value) return go();
  field.addEventListener("focus", go, { once: true });
};

for (const element of document.querySelectorAll("[data-module]")) {
  wanted(element, () => { for (const name of element.dataset.module.split(" ")) start(element, name); });
}
