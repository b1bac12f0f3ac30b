// The names CloudFormation makes up: `<stack>-<logical id>-<random>`, cut to what the service takes.

export type NameOptions = {
  readonly lower?: boolean | undefined;
  readonly separator?: string | undefined;
  readonly suffix?: string | undefined;
};

/** `random` is 12 letters and digits. When all of it does not fit, stack name and logical id give way, the longer one first. */
export function physicalName(
  stackName: string,
  logicalId: string,
  random: string,
  settings: NameOptions & { readonly max: number },
): string {
  const separator = settings.separator ?? "-";
  const tail = `${separator}${random}${settings.suffix ?? ""}`;
  const room = Math.max(settings.max - tail.length - separator.length, 0);
  const [stack, logical] = shorten(stackName, logicalId, room);
  const name = `${[stack, logical].filter((part) => part !== "").join(separator)}${tail}`.slice(-settings.max);
  return settings.lower === true ? name.toLowerCase() : name;
}

function shorten(stack: string, logical: string, room: number): [string, string] {
  if (stack.length + logical.length <= room) return [stack, logical];
  const half = Math.floor(room / 2);
  if (stack.length <= half) return [stack, logical.slice(0, room - stack.length)];
  if (logical.length <= half) return [stack.slice(0, room - logical.length), logical];
  return [stack.slice(0, room - half), logical.slice(0, half)];
}
