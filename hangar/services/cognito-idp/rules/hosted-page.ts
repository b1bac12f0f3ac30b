// The hosted pages as HTML: plain forms that a screen reader and a keyboard can use, without scripts.

export type Field = {
  readonly name: string;
  /** AWS's own, by which suites find it; the name otherwise. */
  readonly id?: string | undefined;
  readonly label: string;
  readonly type?: "text" | "password" | "email" | "tel" | undefined;
  readonly autocomplete?: string | undefined;
  readonly value?: string | undefined;
};

export type Page = {
  readonly title: string;
  /** Said first, as an alert. */
  readonly problem?: string | undefined;
  readonly says?: string | undefined;
  readonly form?: {
    /** AWS's own, as that of the button. */
    readonly name?: string;
    readonly buttonName?: string;
    readonly action: string;
    readonly fields: readonly Field[];
    readonly hidden: Readonly<Record<string, string>>;
    readonly button: string;
  };
  readonly links?: readonly (readonly [string, string])[] | undefined;
  readonly look?: Look | undefined;
};

/** Set by the pool: a style that names AWS's classes, and where its logo is. */
export type Look = { readonly css?: string | undefined; readonly logo?: string | undefined };

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;margin:0;background:#f3f4f6;color:#16191f}
main{max-width:24rem;margin:4rem auto;padding:2rem;background:#fff;border-radius:.5rem}
label{display:block;margin:.75rem 0 .25rem}
input{width:100%;box-sizing:border-box;font:inherit;padding:.5rem;border:1px solid #687078;border-radius:.25rem}
button{width:100%;margin:1rem 0;padding:.6rem;font:inherit;border:0;border-radius:.25rem;background:#0b5cad;color:#fff}
[role=alert]{padding:.5rem;border-left:.25rem solid #b00020;background:#fdecea}`;

export function html({ title, problem, says, form, links = [], look = {} }: Page): string {
  const parts = [
    ...(look.logo === undefined ? [] : [`<img class="logo-customizable" src="${escaped(look.logo)}" alt="">`]),
    `<h1>${escaped(title)}</h1>`,
    ...(problem === undefined ? [] : [`<p role="alert" class="errorMessage-customizable">${escaped(problem)}</p>`]),
    ...(says === undefined ? [] : [`<p class="textDescription-customizable">${escaped(says)}</p>`]),
    ...(form === undefined ? [] : [formOf(form)]),
    ...links.map(
      ([words, address]) => `<p><a class="redirect-customizable" href="${escaped(address)}">${escaped(words)}</a></p>`,
    ),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}${look.css ?? ""}</style>
</head>
<body>
<main class="background-customizable">
${parts.join("\n")}
</main>
</body>
</html>
`;
}

function formOf({ name: form, buttonName, action, fields, hidden, button }: NonNullable<Page["form"]>): string {
  const kept = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const asked = fields.map(
    ({ name, id = name, label, type = "text", autocomplete = "off", value = "" }) =>
      `<label class="label-customizable" for="${id}">${escaped(label)}</label>
<input class="inputField-customizable" id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${escaped(value)}" required>`,
  );
  const named = (name?: string): string => (name === undefined ? "" : ` name="${name}"`);
  return `<form method="post"${named(form)} action="${escaped(action)}">
${[...kept, ...asked].join("\n")}
<button class="submitButton-customizable" type="submit"${named(buttonName)}>${escaped(button)}</button>
</form>`;
}
