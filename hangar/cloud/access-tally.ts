// Counts what roles asked for and what IAM answered, in a world and all its forks: decisions are counted, not kept.

/** How often a role asked for an action on a resource, and what it was told. */
export type AccessUse = {
  readonly role: string;
  readonly action: string;
  /** Undefined: on further resources, too many to list each. */
  readonly resource?: string | undefined;
  readonly allowed: boolean;
  /** Allowed by the policy of the resource, not by one of the role. */
  readonly byResource?: boolean | undefined;
  readonly count: number;
  /** Of a denial: the statement that denied, or the one that is missing. */
  readonly explanation?: string | undefined;
};

type Asked = { readonly action: string; readonly resource: string };
type Answered = { readonly allowed: boolean; readonly explanation: string };
type Resources = { readonly listed: Map<string, { count: number; readonly explanation?: string }>; unlisted: number };
type Action = { readonly allowed: Resources; readonly byResource: Resources; readonly denied: Resources };

/** Resources listed of one action of one role: a load test must not fill the memory. */
const LISTED = 1000;

export class AccessTally {
  readonly #roles = new Map<string, Map<string, Action>>();

  /** An explanation is read, and so written, only for the first denial of its kind. */
  count(role: string, { action, resource }: Asked, answer: Answered, byResource = false): void {
    let actions = this.#roles.get(role);
    if (actions === undefined) this.#roles.set(role, (actions = new Map()));
    let counted = actions.get(action);
    if (counted === undefined) actions.set(action, (counted = { allowed: none(), byResource: none(), denied: none() }));
    const granted = byResource ? counted.byResource : counted.allowed;
    const resources = answer.allowed ? granted : counted.denied;
    const known = resources.listed.get(resource);
    if (known !== undefined) known.count += 1;
    else if (resources.listed.size >= LISTED) resources.unlisted += 1;
    else resources.listed.set(resource, { count: 1, ...(answer.allowed ? {} : { explanation: answer.explanation }) });
  }

  /** Adds what another tally counted. */
  add(uses: readonly AccessUse[]): void {
    for (const { role, action, resource = "*", allowed, byResource, count, explanation = "" } of uses)
      for (let each = 0; each < count; each += 1)
        this.count(role, { action, resource }, { allowed, explanation }, byResource);
  }

  uses(): AccessUse[] {
    return [...this.#roles].flatMap(([role, actions]) =>
      [...actions].flatMap(([action, { allowed, byResource, denied }]) => [
        ...usesOf({ role, action, allowed: true }, allowed),
        ...usesOf({ role, action, allowed: true, byResource: true }, byResource),
        ...usesOf({ role, action, allowed: false }, denied),
      ]),
    );
  }
}

function none(): Resources {
  return { listed: new Map(), unlisted: 0 };
}

function usesOf(
  of: Pick<AccessUse, "role" | "action" | "allowed" | "byResource">,
  { listed, unlisted }: Resources,
): AccessUse[] {
  const uses: AccessUse[] = [...listed].map(([resource, counted]) => ({ ...of, resource, ...counted }));
  return unlisted === 0 ? uses : [...uses, { ...of, count: unlisted }];
}
