// Preloaded into Node.js programs that run against the embedded cloud: no connection to the real AWS by its name.

const dns = require("node:dns");
const { syncBuiltinESMExports } = require("node:module");

const AMAZON = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|on\.aws)\.?$/i;
const { lookup } = dns;

dns.lookup = function lookupInside(name, options, callback) {
  if (!AMAZON.test(name)) return lookup.call(dns, name, options, callback);
  const error = new Error(
    `Hangar refuses the connection to ${name}: on the embedded target the real AWS is never called. Use the SDK's default endpoint (AWS_ENDPOINT_URL) or a URL this cloud handed out.`,
  );
  const done = typeof options === "function" ? options : callback;
  queueMicrotask(() => done(Object.assign(error, { code: "EHOSTUNREACH", hostname: name })));
};
dns.lookup.__promisify__ = lookup.__promisify__;
syncBuiltinESMExports();
