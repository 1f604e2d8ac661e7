// Signs and checks webhook requests with the vendors' own Node packages, and with Node's crypto where they can't sign.
// Reads one JSON object with a list per kind of job from standard input; writes the answers in the same order.
const crypto = require("node:crypto");
const { createRequire } = require("node:module");
const path = require("node:path");

const peers = createRequire(path.join(process.argv[2], "package.json"));
const twilio = peers("twilio");
const { EventWebhook } = peers("@sendgrid/eventwebhook");

// The form as a browser would post it, and its signature by the vendor's package.
function signedByTwilio({ token, url, fields }) {
  const params = {};
  const form = new URLSearchParams();
  for (const [name, value] of fields) {
    form.append(name, value);
    params[name] = name in params ? [].concat(params[name], value) : value;
  }
  const signature = twilio.getExpectedTwilioSignature(token, url, params);
  if (!twilio.validateRequest(token, signature, url, params)) throw new Error("the package refuses its own signature");
  return { body: form.toString(), signature };
}

// The package signs with SHA-1 only, so the newer algorithm is written out here from the vendor's description.
function signedBySharedKey({ secret, url, fields }) {
  const unique = [...new Set(fields.map(([name, value]) => name + "\u0000" + value))].sort();
  const signed = url + unique.map((field) => field.replace("\u0000", "")).join("");
  return {
    body: new URLSearchParams(fields).toString(),
    signature: crypto.createHmac("sha256", secret).update(signed, "utf8").digest("base64"),
  };
}

function signedBySendGrid({ body, timestamp }) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const signed = Buffer.concat([Buffer.from(timestamp), Buffer.from(body, "base64")]);
  return {
    key: publicKey.export({ format: "der", type: "spki" }).toString("base64"),
    signature: crypto.sign("sha256", signed, privateKey).toString("base64"),
  };
}

function acceptedBySendGrid({ key, body, timestamp, signature }) {
  const webhook = new EventWebhook();
  try {
    const text = Buffer.from(body, "base64").toString("utf8");
    return webhook.verifySignature(webhook.convertPublicKeyToECDSA(key), text, signature, timestamp);
  } catch {
    return false;
  }
}

const kinds = { signedByTwilio, signedBySharedKey, signedBySendGrid, acceptedBySendGrid };
const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk));
process.stdin.on("end", () => {
  const [kind, jobs] = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  process.stdout.write(JSON.stringify(jobs.map(kinds[kind])));
});
