// The choices are a fold on a phone and always open beside the list.

export { default } from "../menu/menu.js";
