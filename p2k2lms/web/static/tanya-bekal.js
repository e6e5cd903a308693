/* With signal, on the outline of a course that this phone holds cards of: what helped peers comes along, one small file.
   Whoever saves data on this phone reads it with signal instead. */

import { courses, plan } from "./packs.js";

const holds = async () => (await courses()).some((record) => record.plan.kind !== "field" && Object.keys(record.have).length);
async function take() {
  if (!navigator.onLine || (navigator.connection && navigator.connection.saveData) || !await holds()) return;
  await plan("tanya", true);
  document.body.dataset.tanya = "here";
}
if (self.indexedDB && self.crypto && crypto.subtle) {
  document.addEventListener("paket", () => take().catch(() => {}));
  take().catch(() => {});
}
