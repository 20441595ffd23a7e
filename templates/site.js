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

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) start(element, name);
}
