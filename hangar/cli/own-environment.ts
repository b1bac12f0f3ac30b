// This process's own environment, exchanged for as long as a cloud runs in it: what it starts inherits the other one.

/** Answers how to go back. */
export function enterEnvironment(environment: Readonly<Record<string, string | undefined>>): () => void {
  const before = { ...process.env };
  exchange(environment);
  return () => exchange(before);
}

function exchange(environment: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) if (environment[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) process.env[name] = value;
}
