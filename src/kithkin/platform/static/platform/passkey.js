// Says in the page why a passkey was not used; allauth's scripts do the rest.
const show = (what) => document.querySelector(`[data-passkey=${what}]`)?.removeAttribute("hidden");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  show(window.PublicKeyCredential ? "failed" : "unsupported");
});
