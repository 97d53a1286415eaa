// Finds the number for which SHA-256 of salt and number is the wanted digest. See puzzle.js.

import { sha256 } from "../vendor/noble-hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "../vendor/noble-hashes/utils.js";

addEventListener("message", ({ data: { salt, challenge, maxnumber } }) => {
  for (let number = 0; number <= maxnumber; number += 1) {
    if (bytesToHex(sha256(utf8ToBytes(salt + number))) === challenge) return postMessage(number);
  }
  postMessage(null);
});
