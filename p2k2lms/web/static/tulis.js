/* The editor over a Markdown field: the one file that knows EasyMDE. Where it does not come, the field stays as it is. */

const field = document.querySelector("textarea[data-editor]"), words = JSON.parse(field.dataset.editor);
let text = null;
stand().catch(() => {});

/* Where the cursor stands, in letters from the start. */
export function place() {
  return text ? text.indexFromPos(text.getCursor()) : field.selectionStart;
}

/* Puts words at the cursor; one can take them back. */
export function put(said) {
  if (text) { text.replaceSelection(said); text.focus(); return; }
  field.focus();
  if (!document.execCommand("insertText", false, said)) field.setRangeText(said, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function stand() {
  await import("./easymde.min.js");
  const wasHere = document.activeElement === field, from = field.selectionStart, to = field.selectionEnd;
  const editor = new window.EasyMDE({
    element: field, autoDownloadFontAwesome: false, spellChecker: false, inputStyle: "contenteditable", forceSync: true,
    status: false, indentWithTabs: false, unorderedListStyle: "-", minHeight: `${field.offsetHeight}px`,
    insertTexts: { table: ["", words.sample] }, toolbar: tools(window.EasyMDE), shortcuts: keys()
  });
  name(editor.codemirror);
  walk(editor.gui.toolbar, editor.codemirror);
  follow(editor.codemirror);
  text = editor.codemirror;
  if (wasHere) { text.focus(); text.setSelection(text.posFromIndex(from), text.posFromIndex(to)); }
}

/* What it can do, in words; those that show whether they are on say so to the ear as well. */
function tools(has) {
  const shown = [
    ["bold", has.toggleBold, 1], ["italic", has.toggleItalic, 1], ["unordered-list", has.toggleUnorderedList, 1], ["ordered-list", has.toggleOrderedList, 1],
    ["quote", has.toggleBlockquote, 1], ["link", has.drawLink, 1], ["table", has.drawTable], ["undo", has.undo], ["redo", has.redo]
  ];
  return shown.map(([name, action, shows]) => ({ name, action, text: words[name], title: words[name], attributes: shows ? { "aria-pressed": "false" } : {} }));
}

/* The keys of the browser stay its own; three are what every writer knows. */
function keys() {
  const free = "toggleHeadingSmaller toggleHeadingBigger toggleHeading1 toggleHeading2 toggleHeading3 toggleHeading4 toggleHeading5 toggleHeading6 " +
    "cleanBlock drawImage toggleBlockquote toggleOrderedList toggleUnorderedList toggleCheckList toggleCodeBlock togglePreview toggleSideBySide toggleFullScreen";
  return Object.fromEntries(free.split(" ").map((one) => [one, null]));
}

/* The label names where one writes now, and Tab leads on. */
function name(editor) {
  const lines = editor.getInputField(), label = field.labels[0], hint = field.getAttribute("aria-describedby");
  label.id = `${field.id}-nama`;
  lines.id = field.id;
  field.removeAttribute("id");
  for (const [key, said] of Object.entries({ role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id })) lines.setAttribute(key, said);
  if (hint) lines.setAttribute("aria-describedby", hint);
  label.addEventListener("click", () => { editor.focus(); });
  lines.closest("[role=application]").removeAttribute("role");
  editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), "Tab": false, "Shift-Tab": false });
}

/* The tools are one stop of Tab; arrows lead from one to the next. */
function walk(bar, editor) {
  const all = [...bar.querySelectorAll("button")];
  bar.setAttribute("aria-label", words.tools);
  all[0].tabIndex = 0;
  bar.addEventListener("keydown", (event) => {
    const now = all.indexOf(event.target), step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (now < 0 || !step) return;
    event.preventDefault();
    all[now].tabIndex = -1;
    const next = all[(now + step + all.length) % all.length];
    next.tabIndex = 0;
    next.focus();
  });
  editor.on("cursorActivity", () => {
    for (const one of all) if (one.hasAttribute("aria-pressed")) one.setAttribute("aria-pressed", String(one.classList.contains("active")));
  });
}

/* The field holds at every moment what is written, and says so to whoever listens to it; also the letters just typed. */
function follow(editor) {
  editor.on("change", () => { field.dispatchEvent(new Event("input", { bubbles: true })); });
  field.form.addEventListener("submit", () => { editor.display.input.updateFromDOM(); }, true);
  addEventListener("pageshow", () => { if (field.value !== editor.getValue()) editor.setValue(field.value); });
}
