/* Asking peers, with signal: a text that should not leave is asked about once. */

import { guard } from "./guard.js";

for (const form of document.querySelectorAll("form[data-harm]")) guard(form);
