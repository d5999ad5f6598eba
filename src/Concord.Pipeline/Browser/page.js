// Runs in every frame before the page's own scripts: what a page sees as chance is always the same, and what could harm
// the browser's driver is bounded.
(() => {
  let state = 0x2545f491;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const define = (target, name, value) => {
    try {
      Object.defineProperty(target, name, { value, writable: true, configurable: true });
    } catch {}
  };
  define(Math, 'random', () => next() / 4294967296);
  if (globalThis.crypto) {
    define(Crypto.prototype, 'getRandomValues', array => {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let i = 0; i < bytes.length; i++) bytes[i] = next();
      return array;
    });
    define(Crypto.prototype, 'randomUUID', () => {
      const hex = Array.from({ length: 32 }, () => (next() & 15).toString(16));
      hex[12] = '4';
      hex[16] = '89ab'[next() & 3];
      return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    });
  }

  const mostMessages = 100, longestMessage = 1000;
  let messages = 0;
  for (const name of Object.keys(console)) {
    const original = console[name];
    if (typeof original !== 'function') continue;
    console[name] = (...values) => {
      if (++messages > mostMessages) return;
      const short = values.slice(0, 10).map(value => {
        let text;
        try {
          text = typeof value === 'string' ? value : value instanceof Error ? String(value) : typeof value === 'object' && value ? Object.prototype.toString.call(value) : String(value);
        } catch {
          text = '…';
        }
        return text.length > longestMessage ? text.slice(0, longestMessage) + '…' : text;
      });
      original.apply(console, short);
    };
  }

  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport', 'SharedWorker', 'PresentationRequest', 'WebSocketStream'])
    delete globalThis[name];
})();
