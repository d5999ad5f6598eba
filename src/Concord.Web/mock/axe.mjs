// npm run axe [-- --pictures FOLDER] [--only NAME]: axe over every view, light and dark, wide and narrow; exit 1 on any finding.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startHost } from './host.mjs';
import { scenes, sizes } from './views.mjs';

const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : null);
const [pictures, only] = [option('--pictures'), option('--only')];
const executablePath = process.env.CONCORD_CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);
if (!executablePath) throw new Error('No Chromium was found. Say where it is: CONCORD_CHROMIUM=/path/to/chromium npm run axe');
if (pictures) mkdirSync(pictures, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const host = await startHost();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
let findings = 0;
let looked = 0;
for (const viewport of sizes) {
  for (const colorScheme of ['light', 'dark']) {
    for (const scene of scenes.filter((s) => !only || only.split(',').includes(s.name))) {
      host.reset(scene.settings);
      const context = await browser.newContext({ viewport, colorScheme });
      const page = await context.newPage();
      const complaints = [];
      page.on('console', (message) => { if (message.type() === 'error' && !message.location().url.includes('localhost') && !/Failed to load resource/.test(message.text())) complaints.push(message.text()); });
      page.on('pageerror', (error) => complaints.push(String(error)));
      const name = `${scene.name}-${viewport.width}-${colorScheme}`;
      try {
        await page.goto(host.url + (scene.at ?? ''));
        await page.locator('#grade .fields:not([inert]), .end').first().waitFor();
        await page.waitForTimeout(200);
        await scene.act(page);
        if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
        // The page's policy allows no foreign script, so axe comes in by the debugger; the output in the frame is not ours.
        const cdp = await context.newCDPSession(page);
        await cdp.send('Runtime.evaluate', { expression: axe });
        const { result } = await cdp.send('Runtime.evaluate', {
          expression: `axe.run({ exclude: ['iframe'] }, { iframes: false }).then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.failureSummary)).slice(0, 5)])))`,
          awaitPromise: true,
          returnByValue: true,
        });
        for (const [id, nodes] of JSON.parse(result.value)) complaints.push(`${id}: ${nodes.join(' | ')}`);
      } catch (error) {
        complaints.push(String(error).split('\n')[0]);
      }
      looked++;
      for (const complaint of complaints) console.log(`${name}: ${complaint}`);
      findings += complaints.length;
      await context.close();
    }
  }
}
await browser.close();
host.close();
console.log(`${looked} views, ${findings} findings`);
process.exit(findings === 0 && looked > 0 ? 0 : 1);
