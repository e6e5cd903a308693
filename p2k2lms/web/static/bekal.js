/* With signal: the sheets that may be needed next are taken along, a few kilobytes for each sesi that is not here yet.
   Whoever saves data on this phone takes them by opening a sheet instead. */

import { download, plan } from "./packs.js";

const thrifty = navigator.connection && navigator.connection.saveData;
if (navigator.onLine && !thrifty && self.indexedDB && self.crypto && crypto.subtle) {
  plan("bimbingan", true).then(async (record) => {
    for (const modul of record.plan.modul) await download(record, modul, () => {});
    document.body.dataset.lembar = "here";
  }).catch(() => {});
}
