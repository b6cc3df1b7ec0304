// Asks the browser for a passkey when the form is sent, and sends what it answers. Codes work without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  const options = document.getElementById("passkey-options");
  if (!form || !options || !window.webauthnJSON) {
    return;
  }
  const told = JSON.parse(options.textContent);
  const said = form.querySelector("[data-passkey-said]");
  const makesOne = form.dataset.passkey === "create";

  async function passkey() {
    return makesOne
      ? window.webauthnJSON.create(told.creation_options)
      : window.webauthnJSON.get(told.request_options);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await passkey());
    } catch (error) {
      said.hidden = false;
      said.focus();
      return;
    }
    form.submit();
  });
})();
