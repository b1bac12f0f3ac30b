// Reads the settings that the stack gives a function.
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`The function has no setting ${name}`);
  return value;
}
