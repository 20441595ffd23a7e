// Printing a record prints its proof: the fold opens for the printer, and a button asks for it.

export default function proof(fold) {
  let closed = false;
  addEventListener("beforeprint", () => {
    closed = !fold.open;
    fold.open = true;
  });
  addEventListener("afterprint", () => { if (closed) fold.open = false; });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "listing-button proof-print";
  button.textContent = fold.dataset.print;
  button.addEventListener("click", () => print());
  fold.querySelector(".proof-body").append(button);
}
