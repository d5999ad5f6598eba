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

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly properties?: { readonly className?: unknown };
  readonly children?: readonly Node[];
}

/** The text with its syntax coloured, as elements and never as HTML. */
export function highlighted(path: string, text: string): ComponentChildren {
  const language = languages[path.split('.').at(-1)?.toLowerCase() ?? ''];
  if (!language || text.length > longest) return text;
  return (lowlight.highlight(language, text) as Node).children?.map(element);
}

function element(node: Node, index: number): ComponentChildren {
  if (node.type === 'text') return node.value;
  const names = node.properties?.className;
  return <span key={index} class={Array.isArray(names) ? names.join(' ') : undefined}>{node.children?.map(element)}</span>;
}
