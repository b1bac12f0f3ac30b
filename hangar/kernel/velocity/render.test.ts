// Mapping templates, with what AWS was recorded to make of them.

import { describe, expect, test } from "vitest";
import { HostObject, toJava } from "./java-values.ts";
import { renderTemplate } from "./render.ts";
import { templateParser } from "./template-tree.ts";

const parse = await templateParser();
const rendered = (template: string, variables: Readonly<Record<string, unknown>> = {}): string =>
  renderTemplate(
    template,
    new Map(
      Object.entries(variables).map(([name, value]) => [name, value instanceof HostObject ? value : toJava(value)]),
    ),
    parse,
  );

const DATA = {
  v: { foo: "bar", list: [{ foo: "bar" }], n: 3, deep: { a: [{ nested: "bar" }] }, t: true, nothing: null },
};

describe("values print as the JVM prints them", () => {
  test.each([
    ["$v.deep", '{a=[{"nested":"bar"}]}'],
    ["$v.list", '[{"foo":"bar"}]'],
    ["$v.list[0]", "{foo=bar}"],
    ["$v.foo $v.n $v.t", "bar 3 true"],
    ["[$v.missing][$!v.missing][$nobody.at.home]", "[][][]"],
    ["$v.nothing|", "|"],
    ["${v.foo}s $!{v.foo}", "bars bar"],
    ["$5 costs # not ## gone", "$5 costs # not "],
    ["#set($l = [1, 'two', true])$l", "[1, two, true]"],
    ["#set($m = {'a': 1, 'b': 'x'})$m", "{a=1, b=x}"],
  ])("%s", (template, text) => expect(rendered(template, DATA)).toBe(text));
});

describe("directives", () => {
  test.each([
    ["#if($v.t)y#{else}n#end", "y"],
    ["#if(!$v.t)y#elseif($v.n == 3)three#{else}n#end", "three"],
    ["#if($v.missing == '')empty#end", "empty"],
    ["#if($v.nothing == $null)null#end", "null"],
    ["#if($v.missing)the empty text is true#end", "the empty text is true"],
    ['#if($v.n == "3")same text#end', "same text"],
    ["#if($v.n > 2 && $v.foo != 'x' || false)y#end", "y"],
    ["#foreach($k in $v.keySet())$k#if($foreach.hasNext),#end#end", "foo,list,n,deep,t,nothing"],
    ["#foreach($i in [1..4])#if($i == 3)#break#end$i#end", "12"],
    ["#foreach($e in $v.deep.entrySet())$e.key:$e.value $foreach.index/$foreach.count#end", 'a:[{"nested":"bar"}] 0/1'],
    ["#set($x = 7 / 2)#set($y = 7 % 4)#set($z = 1 + 2 * 3)$x $y $z", "3 3 7"],
    ["#set($s = \"hi $v.foo\")#set($t = 'hi $v.foo')$s $t", "hi bar hi $v.foo"],
    ["#set($v.foo = 'changed')$v.foo", "changed"],
    ['#set($v["new"] = 1)$v.new', "1"],
    ["#macro(greet $who)hello $who#end#greet('you')", "hello you"],
    ["#define($block)$v.foo!#end$block", "bar!"],
    ["#[[raw $v.foo]]#", "raw $v.foo"],
    ["a#* no *#b", "ab"],
  ])("%s", (template, text) => expect(rendered(template, structuredClone(DATA))).toBe(text));

  test("a loop ends after a thousand rounds", () => {
    expect(rendered("#foreach($i in [1..1500])x#end")).toHaveLength(1000);
  });

  test("a macro that calls itself for ever is refused", () => {
    expect(() => rendered("#macro(again)#again()#end#again()")).toThrow("calls itself too deeply");
  });

  test("a directive that nobody knows is not passed over", () => {
    expect(() => rendered("#mystery('x')")).toThrow("Hangar does not emulate the directive #mystery");
  });
});

describe("methods", () => {
  test.each([
    ["$v.foo.toUpperCase().substring(1)", "AR"],
    ['$v.foo.replaceAll("[ab]", "-")', "--r"],
    ["$v.foo.replace('b', 'c').length()", "3"],
    ["$v.foo.split('a').size()", "2"],
    ["$v.foo.contains('ar') $v.foo.matches('b.*') $v.foo.equals('bar')", "true true true"],
    ["$v.list.size() $v.list.isEmpty() $v.list.get(0).get('foo')", "1 false bar"],
    ["#set($done = $v.put('k', 'w'))$v.k $v.containsKey('k') $v.size()", "w true 7"],
    ["#set($l = [])#set($done = $l.add('a'))#set($done = $l.add('b'))$l", "[a, b]"],
    ["$v.getOrDefault('zz', 'other')", "other"],
    ["#set($Integer = 0)#set($n = $Integer.parseInt('41') + 1)$n $Integer.parseInt('ff', 16)", "42 255"],
    ["$v.foo.compareTo('baz') $v.foo.compareTo('ba') $v.foo.hashCode() $v.foo.indexOf('r', 1)", "-8 1 97299 2"],
    ["#set($s = 'a,b,c,,')$s.split(',').size() $s.split(',', 2).get(1) $s.split('').size()", "3 b,c,, 7"],
    ["#set($l = [1, 2])$l.empty#set($done = $l.clear()) $l.empty $v.foo.empty", "false true false"],
    ["#set($l = [1, 2, 3])#set($done = $l.removeAll([1, 3]))$l $l.containsAll([2]) $l.lastIndexOf(2)", "[2] true 0"],
    ["#set($done = $v.putIfAbsent('foo', 'x'))$v.foo", "bar"],
    ["$v.foo.nothingOfTheKind()|", "|"],
    ["$v.constructor$v.foo.constructor|", "|"],
  ])("%s", (template, text) => expect(rendered(template, structuredClone(DATA))).toBe(text));
});

test("a text that is no number ends the template, as Java's exception does", () => {
  expect(() => rendered("#set($i = 0)$i.parseInt('x1')")).toThrow('For input string: "x1"');
});

test("what every JavaScript object has is nothing in a template", () => {
  const input = new HostObject({ path: () => "x" }, { body: "b" });
  expect(rendered("$input.path('$') $input.body|$input.constructor$input.toString()$input.valueOf()|", { input })).toBe(
    "x b||",
  );
});
