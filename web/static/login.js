"use strict";
// The token comes after '#', which a browser never sends to a server. It leaves the address bar and the history at once.
const token = new URLSearchParams(location.hash.slice(1)).get("token");
if (token) {
  document.getElementById("people").hidden = true;
  document.getElementById("by-token").open = true;
  document.getElementById("token").value = token;
  document.querySelector("#by-token button").focus(); // a person presses it: opening a link changes nothing
  history.replaceState(null, "", location.pathname + location.search);
}
