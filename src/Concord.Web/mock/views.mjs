// The page's views, as somebody comes to them: for axe and for pictures.
const graded = { filled: 6 };

export const sizes = [{ width: 1280, height: 720 }, { width: 390, height: 844 }];

const tab = (name) => async (page) => {
  await page.getByRole('tab', { name }).click();
  await page.waitForTimeout(700);
};

export const scenes = [
  { name: 'live', settings: graded, act: async (page) => page.waitForTimeout(800) },
  { name: 'scored', settings: graded, act: async (page) => { await page.keyboard.press('4'); await page.keyboard.press('Enter'); await page.keyboard.press('f'); await page.waitForTimeout(800); } },
  { name: 'screenshot', settings: graded, act: tab('Screenshot') },
  { name: 'code', settings: graded, act: tab('Code') },
  { name: 'diff', settings: graded, act: async (page) => { await tab('Diff')(page); await page.getByLabel('Compare with').selectOption({ index: 1 }); await page.waitForTimeout(500); } },
  { name: 'queue', settings: graded, act: async (page) => { await page.locator('.pick').click(); } },
  { name: 'keys', settings: graded, act: async (page) => page.keyboard.press('?') },
  { name: 'skip', settings: graded, act: async (page) => page.keyboard.press('Control+ ') },
  { name: 'saved', settings: graded, at: '#2', act: async (page) => page.waitForTimeout(500) },
  { name: 'just-saved', settings: graded, act: async (page) => { for (const key of ['4', 'ArrowDown', '3', 'Control+Enter']) await page.keyboard.press(key); await page.waitForTimeout(800); } },
  { name: 'failing', settings: { ...graded, fail: 9 }, act: async (page) => { for (const key of ['4', 'ArrowDown', '3', 'Control+Enter']) await page.keyboard.press(key); await page.waitForTimeout(400); await page.getByText('Why').click(); } },
  { name: 'hook', settings: { ...graded, hook: 'pre-commit: notes must name a browser\nexit 1' }, at: '#2', act: async (page) => { await page.keyboard.press('5'); await page.keyboard.press('Control+s'); await page.waitForTimeout(500); await page.getByText('Why').click(); } },
  { name: 'conflict', settings: { ...graded, conflict: true }, act: async (page) => { for (const key of ['4', 'ArrowDown', '3', 'Control+Enter']) await page.keyboard.press(key); await page.getByRole('button', { name: 'Compare' }).click(); } },
  { name: 'end', settings: { filled: 99 }, act: async (page) => { await page.getByRole('button', { name: 'Open pull request' }).click(); await page.waitForTimeout(300); } },
  { name: 'review', settings: { mode: 'review', filled: 1 }, act: async (page) => page.waitForTimeout(500) },
  { name: 'adjudicate', settings: { mode: 'adjudicate', filled: 0 }, act: async (page) => { await page.keyboard.press('4'); await page.waitForTimeout(800); } },
];
