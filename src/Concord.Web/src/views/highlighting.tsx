import css from 'highlight.js/lib/languages/css';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import { createLowlight } from 'lowlight';
import type { ComponentChildren } from 'preact';

const lowlight = createLowlight({ css, javascript, json, markdown, python, typescript, xml });
const languages: Readonly<Record<string, string>> = {
  html: 'xml', htm: 'xml', svg: 'xml', xml: 'xml', css: 'css', js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'javascript',
  ts: 'typescript', tsx: 'typescript', json: 'json', geojson: 'json', topojson: 'json', md: 'markdown', py: 'python',
};
/** Longer texts are shown plainly: colouring them would hold the page up. */
const longest = 200_000;
/** The grammars take the square of such a run's length: 190,000 letters in a row held the page up for a minute. */
const run = /[\w$]{1000}|\s{1000}|(\S)\1{999}/u;
/** Spans in spans end here: a text may nest more deeply than a browser's stack goes. */
const deepest = 64;

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly properties?: { readonly className?: unknown };
  readonly children?: readonly Node[];
}

/** The text with its syntax coloured, as elements and never as HTML. */
export function highlighted(path: string, text: string): ComponentChildren {
  const language = languages[path.split('.').at(-1)?.toLowerCase() ?? ''];
  if (!language || text.length > longest || run.test(text)) return text;
  return (lowlight.highlight(language, text) as Node).children?.map((node, i) => element(node, i, 0));
}

function element(node: Node, index: number, depth: number): ComponentChildren {
  if (node.type === 'text') return node.value;
  if (depth === deepest) return textOf(node);
  const names = node.properties?.className;
  return <span key={index} class={Array.isArray(names) ? names.join(' ') : undefined}>{node.children?.map((child, i) => element(child, i, depth + 1))}</span>;
}

function textOf(node: Node): string {
  const parts: string[] = [];
  for (let left: Node[] = [node]; left.length > 0; ) {
    const next = left.pop()!;
    if (next.type === 'text') parts.push(next.value ?? '');
    left.push(...[...(next.children ?? [])].reverse());
  }
  return parts.join('');
}
