"use strict";
// The token comes after '#', which a browser never sends to a server. It leaves the address bar and the history at once.
const token = new URLSearchParams(location.hash.slice(1)).get("token");
if (token) {
  document.getElementById("token").value = token;
  history.replaceState(null, "", location.pathname + location.search);
}
