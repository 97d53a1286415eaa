// Passkeys: passes a challenge on to the browser, and sends its answer with the form.
//
//   <form method="post" action="/admin/account/passkeys" data-passkey-create="{…options…}" data-failed="…">
//   <form method="post" action="/admin/sign-in/passkey" data-passkey-challenge="/admin/sign-in/passkey/challenge" data-failed="…">
//     <input type="hidden" name="challenge"><input type="hidden" name="answer">
//     <p data-passkey-status role="alert"></p>
//     <button hidden>…</button>
//   </form>
//
// The button is hidden in the page and shown here, so it is offered only where it can work.
// A form with data-passkey-challenge fetches challenge and options when its button is pressed,
// one with data-passkey-create has both.

// Base64url, which is how the JSON form of WebAuthn has bytes.
function bytes(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(buffer) {
  if (!buffer) return null;
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const listed = (credentials = []) => credentials.map((one) => ({ ...one, id: bytes(one.id) }));

async function create(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: listed(options.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    extensions: {},
    response: {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

async function get(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: listed(options.allowCredentials),
  };
  const found = await navigator.credentials.get({ publicKey });
  return {
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    extensions: {},
    response: {
      authenticatorData: text(found.response.authenticatorData),
      clientDataJSON: text(found.response.clientDataJSON),
      signature: text(found.response.signature),
      userHandle: text(found.response.userHandle),
    },
  };
}

async function fetched(form) {
  const response = await fetch(form.dataset.passkeyChallenge, { method: "POST" });
  if (!response.ok) throw new Error(`${response.status}`);
  const { challenge, options } = await response.json();
  form.elements.namedItem("challenge").value = challenge;
  return options;
}

async function ask(form) {
  const status = form.querySelector("[data-passkey-status]");
  const button = form.querySelector("button");
  status.textContent = "";
  button.disabled = true;
  try {
    const answer = "passkeyCreate" in form.dataset
      ? await create(JSON.parse(form.dataset.passkeyCreate))
      : await get(await fetched(form));
    form.elements.namedItem("answer").value = JSON.stringify(answer);
    form.submit();
  } catch {
    // Cancelled, too late, or nothing there: browsers do not tell which.
    status.textContent = form.dataset.failed;
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey-create], form[data-passkey-challenge]")) {
  if (!window.PublicKeyCredential) continue;
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.reportValidity()) ask(form);
  });
}
