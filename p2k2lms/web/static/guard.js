/* A question before a text leaves that should not: a long number, a word of violence, what looks like the name of
   somebody. It asks once, and a form works without it: the server asks too, and hides long numbers in any case. */

const LONG = /(^|\D)\d([ .-]?\d){15}(\D|$)/, CLOCK = /(^|[^a-z])pukul\s+\d/gi;

export function guard(form) {
  const { harm, offices } = JSON.parse(form.dataset.harm);
  const words = new RegExp(`(^|[^a-z])(${harm.join("|")})([^a-z]|$)`, "i");
  const named = new RegExp(`(^|[^A-Za-z])([Ii]bu|Bu|[Bb]apak|Pak|[Kk]eluarga)\\s+(?!(${offices.join("|")})([^A-Za-z]|$))[A-Z][a-z]{2,}`);
  let asked = false;
  const empty = form.querySelector("[data-empty]"), first = empty && form.querySelector("#" + empty.dataset.empty);
  const free = [...form.querySelectorAll("[data-free]")], warning = form.querySelector("[data-warn]") || document.querySelector("[data-warn]");
  const odd = () => { const text = free.map((field) => field.value).join(" "); return LONG.test(text) || words.test(text.replace(CLOCK, " ")) || named.test(text); };
  for (const field of free) field.addEventListener("input", () => { if (asked && !odd()) { asked = false; warning.hidden = true; } });
  document.addEventListener("submit", (event) => {
    if (event.target !== form) return;
    if (first && !first.value.trim()) {
      event.preventDefault(); event.stopImmediatePropagation();
      empty.hidden = false; first.setAttribute("aria-invalid", "true"); first.focus();
      first.oninput = () => { empty.hidden = true; first.removeAttribute("aria-invalid"); };
      return;
    }
    if (asked || !odd()) return;
    event.preventDefault(); event.stopImmediatePropagation();
    asked = true;
    warning.hidden = false;
    warning.focus();
  }, true);
}
