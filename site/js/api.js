// Talks to the API: the only place that knows its address and the session's token.
const config = fetch("config.json", { cache: "no-store" }).then((response) => response.json());
const storageKey = "nebula-session";

export function session() {
  const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? "null");
  return kept !== null && Date.parse(kept.expiresAt) > Date.now() ? kept : undefined;
}

export function keepSession(value) {
  if (value === undefined) sessionStorage.removeItem(storageKey);
  else sessionStorage.setItem(storageKey, JSON.stringify(value));
}

class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function call(method, path, body) {
  const { apiUrl } = await config;
  const token = session()?.token;
  const response = await fetch(new URL(path, apiUrl), {
    method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === "" ? undefined : JSON.parse(text);
  if (!response.ok) throw new ApiError(response.status, answer?.message ?? `The answer was ${response.status}`);
  return answer;
}

/** Sends a file straight to the bucket, with the link that the API gave. */
export async function send({ method, url, headers }, file) {
  const response = await fetch(url, { method, headers, body: file });
  if (!response.ok) throw new ApiError(response.status, "The upload did not arrive");
}
