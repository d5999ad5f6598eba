using System.Globalization;

namespace Concord.Tests.Rendering;

/// <summary>Pages of many kinds that move, draw by chance and read the clock, and still should give the same pixels.</summary>
public static class TestPages
{
    /// <summary>How many kinds there are.</summary>
    public const int Kinds = 12;

    public const string Data = "month,value\n1,12\n2,19\n3,7\n4,25\n5,14\n6,30\n7,22\n8,9\n";

    /// <summary>A page; of the same number always the same.</summary>
    public static string Html(int number)
    {
        var seed = number.ToString(CultureInfo.InvariantCulture);
        return $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Page {seed}</title>"
            + "<style>body{margin:10px;font:14px sans-serif}svg,canvas{display:block}</style><body><h1>Page "
            + seed
            + "</h1>"
            + Body(number % Kinds).Replace("SEED", seed, StringComparison.Ordinal);
    }

    private static string Body(int kind) =>
        kind switch
        {
            0 => """
                <svg width="700" height="300"></svg><script>
                fetch('data.csv').then(r => r.text()).then(t => t.trim().split('\n').slice(1).forEach((l, i) => {
                  const v = +l.split(',')[1];
                  document.querySelector('svg').insertAdjacentHTML('beforeend', `<rect x="${i * 60}" y="${300 - v * 9}" width="50" height="${v * 9}" fill="steelblue"/><text x="${i * 60 + 10}" y="${295 - v * 9}">${v + SEED}</text>`);
                }));</script>
                """,
            1 => """
                <canvas width="500" height="300"></canvas><script>
                const c = document.querySelector('canvas').getContext('2d');
                for (let i = 0; i < 3000; i++) { c.fillStyle = `hsl(${Math.random() * 360},70%,50%)`; c.beginPath(); c.arc(Math.random() * 500, Math.random() * 300, 3, 0, 7); c.fill(); }</script>
                """,
            2 => """
                <canvas width="500" height="300"></canvas><script>
                const p = Array.from({ length: 60 }, () => ({ x: Math.random() * 500, y: Math.random() * 300, u: Math.random() - .5, v: Math.random() - .5 }));
                const c = document.querySelector('canvas').getContext('2d');
                (function tick() { c.clearRect(0, 0, 500, 300); for (const q of p) { q.x += q.u; q.y += q.v; q.u += (250 - q.x) * 1e-4; q.v += (150 - q.y) * 1e-4; c.fillRect(q.x, q.y, 6, 6); } requestAnimationFrame(tick); })();</script>
                """,
            3 => """
                <p id="t"></p><p id="u"></p><script>
                setInterval(() => { t.textContent = new Date().toString() + ' ' + performance.now().toFixed(1); }, 137);
                u.textContent = crypto.randomUUID() + ' ' + Intl.DateTimeFormat().resolvedOptions().timeZone + ' ' + navigator.language;</script>
                """,
            4 => """
                <style>.b{width:60px;height:60px;background:tomato;transition:transform 2s,opacity 3s}.on{transform:translate(300px,80px) rotate(30deg);opacity:.4}@keyframes s{to{transform:rotate(360deg)}}i{display:inline-block;animation:s 3s infinite linear}</style>
                <div class="b"></div><i>turning</i><script>setTimeout(() => document.querySelector('.b').classList.add('on'), 250);</script>
                """,
            5 => """
                <svg width="500" height="200"><circle cx="50" cy="90" r="30" fill="teal"><animate attributeName="cx" from="50" to="450" dur="1.7s" repeatCount="indefinite"/></circle>
                <rect width="30" height="30"><animateTransform attributeName="transform" type="rotate" from="0 250 100" to="360 250 100" dur="2.3s" repeatCount="indefinite"/></rect></svg>
                """,
            6 => """
                <script type="importmap">{"imports":{"part":"./part.js"}}</script><p id="m"></p>
                <script type="module">import { name } from 'part'; const { twice } = await import('./part.js'); document.getElementById('m').textContent = name + twice(SEED);</script>
                """,
            7 => """
                <svg width="640" height="320"><defs><linearGradient id="g"><stop stop-color="navy"/><stop offset="1" stop-color="gold"/></linearGradient><filter id="f"><feGaussianBlur stdDeviation="4"/></filter></defs>
                <rect width="640" height="140" fill="url(#g)"/><ellipse cx="320" cy="220" rx="200" ry="60" fill="purple" filter="url(#f)"/><path d="M10 300 C 200 150 400 350 630 180" fill="none" stroke="#000" stroke-width="1.5"/></svg>
                """,
            8 => """
                <div id="g" style="display:grid;grid-template-columns:repeat(8,1fr);gap:3px"></div><script>
                let n = 0; const timer = setInterval(() => { const d = document.createElement('div'); d.textContent = (Math.random() * 100).toFixed(2); d.style.cssText = `background:hsl(${n * 7},60%,80%);padding:6px;border-radius:6px;box-shadow:0 1px 4px #0006`; g.append(d); if (++n === 64) clearInterval(timer); }, 40);</script>
                """,
            9 => """
                <p id="w">waiting</p><script>
                const w = new Worker('worker.js'); w.onmessage = e => { document.getElementById('w').textContent = 'the worker says ' + e.data; }; w.postMessage(SEED);</script>
                """,
            10 => """
                <style>table{border-collapse:collapse}td{border:1px solid #999;padding:2px 8px;font-variant-numeric:tabular-nums}</style><table></table><script>
                for (let r = 0; r < 14; r++) document.querySelector('table').insertRow().innerHTML = Array.from({ length: 8 }, (_, c) => `<td>${((r + 1) * (c + 1) * 1.37 + SEED).toLocaleString()}</td>`).join('');</script>
                """,
            _ => """
                <svg width="600" height="300"></svg><script>
                const s = document.querySelector('svg'), t0 = performance.now(), v = Array.from({ length: 20 }, () => Math.random());
                (function step(now) { const k = Math.min(1, ((now ?? t0) - t0) / 3000); s.innerHTML = v.map((y, i) => `<rect x="${i * 30}" y="${300 - y * 280 * k}" width="24" height="${y * 280 * k}" fill="seagreen"/>`).join(''); if (k < 1) requestAnimationFrame(step); })();</script>
                """,
        };
}
