// Runs once in the drawn page, in a world of its own: its size, and texts that are cut off.
() => {
  // Asked of the prototype: an element whose name is 'body' stands before the document's own property.
  const own = name => Object.getOwnPropertyDescriptor(Document.prototype, name).get.call(document);
  const root = own('documentElement'), body = own('body');
  const width = Math.max(root.scrollWidth, body ? body.scrollWidth : 0);
  const height = Math.max(root.scrollHeight, body ? body.scrollHeight : 0);
  const most = 5000, slack = 1.5;
  const cut = [];
  let count = 0, seen = 0;
  const walker = Document.prototype.createTreeWalker.call(document, body || root, NodeFilter.SHOW_TEXT);
  const range = new Range();
  for (let node = walker.nextNode(); node && seen < most; node = walker.nextNode()) {
    const text = node.data.trim();
    const parent = node.parentElement;
    if (!text || !parent || /^(script|style|noscript|template|title|desc|option)$/i.test(parent.localName)) continue;
    seen++;
    const style = getComputedStyle(parent);
    if (style.visibility !== 'visible' || style.opacity === '0') continue;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const svg = parent.ownerSVGElement && parent.closest('svg');
    let outside = box.left + scrollX < -slack || box.right + scrollX > innerWidth + slack || box.top + scrollY < -slack;
    if (!outside && svg && getComputedStyle(svg).overflow !== 'visible') {
      const frame = svg.getBoundingClientRect();
      outside = box.left < frame.left - slack || box.right > frame.right + slack || box.top < frame.top - slack || box.bottom > frame.bottom + slack;
    }
    if (outside) {
      count++;
      if (cut.length < 5) cut.push(text.slice(0, 60));
    }
  }
  return { width, height, cutTexts: count, cutExamples: cut };
}
