// A fold that a wide screen has no button for must be open there: for browsers without ::details-content.

export default function open(fold) {
  const wide = matchMedia("(min-width: 60rem)");
  const follow = () => { fold.open = wide.matches; };
  wide.addEventListener("change", follow);
  if (wide.matches) follow();
}
