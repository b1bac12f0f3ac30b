// A template that cannot be rendered: the reason is for logs, callers are told of an internal error.

export class TemplateFailure extends Error {}
