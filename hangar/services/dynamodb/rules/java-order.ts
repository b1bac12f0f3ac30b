// The order in which AWS lists the keys of a set: that of Java's HashMap.

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash ^ (hash >>> 16);
}

/** `of` is how many keys the set was made for, which decides how many slots it has. */
export function inHashOrder(keys: readonly string[], of: number): readonly string[] {
  if (keys.length < 2) return keys;
  let slots = 16;
  while (slots * 0.75 < of) slots *= 2;
  const slot = (key: string): number => hashOf(key) & (slots - 1);
  return keys.toSorted((left, right) => slot(left) - slot(right));
}
