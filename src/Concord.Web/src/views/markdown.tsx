import { marked, type Token, type Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';

/** Blocks in blocks, and words in words, that a guideline may have. */
const deepest = 64;

/** Markdown as elements: raw HTML in it stays visible text, links go to the web only, pictures are named and not loaded. */
export function Markdown({ text }: { readonly text: string }) {
  const shown = useMemo(() => blocks(text), [text]);
  return <div class="prose">{shown}</div>;
}

/** The text as it is where it nests more deeply than the stack goes: it must not take the form with it. */
export function blocks(text: string): ComponentChildren {
  try {
    const tokens = marked.lexer(text);
    return nestsTooDeeply(tokens) ? <pre>{text}</pre> : tokens.map(block);
  } catch (error) {
    if (error instanceof RangeError) return <pre>{text}</pre>;
    throw error;
  }
}

function nestsTooDeeply(tokens: readonly Token[]): boolean {
  let level: readonly Token[] = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === deepest) return true;
    level = level.flatMap(within);
  }
  return false;
}

function within(token: Token): readonly Token[] {
  const { tokens = [], items = [], header = [], rows = [] } = token as { tokens?: Token[]; items?: Token[]; header?: Tokens.TableCell[]; rows?: Tokens.TableCell[][] };
  return [...tokens, ...items, ...[...header, ...rows.flat()].flatMap((cell) => cell.tokens)];
}

function block(token: Token, index: number): ComponentChildren {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return (token as Tokens.Heading).depth <= 2 ? <h3 key={index}>{inlines(token.tokens)}</h3> : <h4 key={index}>{inlines(token.tokens)}</h4>;
    case 'paragraph':
      return <p key={index}>{inlines(token.tokens)}</p>;
    case 'blockquote':
      return <blockquote key={index}>{token.tokens?.map(block)}</blockquote>;
    case 'code':
      return <pre key={index} tabIndex={0}><code>{(token as Tokens.Code).text}</code></pre>;
    case 'hr':
      return <hr key={index} />;
    case 'list': {
      const list = token as Tokens.List;
      const items = list.items.map((item, i) => <li key={i}>{item.tokens.map(block)}</li>);
      return list.ordered ? <ol key={index} start={list.start || 1}>{items}</ol> : <ul key={index}>{items}</ul>;
    }
    case 'table': {
      const table = token as Tokens.Table;
      return (
        <table key={index}>
          <thead><tr>{table.header.map((cell, i) => <th key={i} scope="col">{inlines(cell.tokens)}</th>)}</tr></thead>
          <tbody>{table.rows.map((row, r) => <tr key={r}>{row.map((cell, i) => <td key={i}>{inlines(cell.tokens)}</td>)}</tr>)}</tbody>
        </table>
      );
    }
    case 'text':
      return token.tokens ? <span key={index}>{inlines(token.tokens)}</span> : inline(token, index);
    default:
      return <p key={index}>{token.raw}</p>;
  }
}

function inlines(tokens: readonly Token[] | undefined): ComponentChildren {
  return tokens?.map(inline);
}

function inline(token: Token, index: number): ComponentChildren {
  switch (token.type) {
    case 'strong':
      return <strong key={index}>{inlines(token.tokens)}</strong>;
    case 'em':
      return <em key={index}>{inlines(token.tokens)}</em>;
    case 'del':
      return <del key={index}>{inlines(token.tokens)}</del>;
    case 'codespan':
      return <code key={index}>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br key={index} />;
    case 'link': {
      const { href } = token as Tokens.Link;
      return isWeb(href) ? <a key={index} href={href} target="_blank" rel="noreferrer noopener">{inlines(token.tokens)}</a> : <span key={index}>{inlines(token.tokens)}</span>;
    }
    case 'image':
      return <em key={index}>[{(token as Tokens.Image).text || 'picture'}]</em>;
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'text':
      return token.tokens ? <span key={index}>{inlines(token.tokens)}</span> : (token as Tokens.Text).text;
    default:
      return token.raw;
  }
}

export function isWeb(href: string): boolean {
  return /^https?:\/\//i.test(href);
}
