// The sample benchmark's challenges and outputs, read from the repository, as the mock host's items.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const benchmarks = join(dirname(fileURLToPath(import.meta.url)), '../../../benchmarks');

export const criteria = [
  {
    id: 'functionality',
    title: 'Functionality',
    question: 'How well does it meet the requirements?',
    weight: 0.6,
    scale: { min: 0, max: 5, step: 1, level: 'ordinal' },
    anchors: {
      0: 'Does not work',
      1: 'Major bugs',
      2: 'Works but misses requirements',
      3: 'Meets the basic requirements',
      4: 'Implements all requirements well',
      5: 'Perfect, with extras',
    },
  },
  {
    id: 'aesthetics',
    title: 'Aesthetics',
    question: 'How good does it look, how usable is it?',
    weight: 0.4,
    scale: { min: 0, max: 5, step: 1, level: 'ordinal' },
    anchors: {
      0: 'Unusable layout',
      1: 'Poor design',
      2: 'Basic appearance',
      3: 'Clean design',
      4: 'Well designed, good to use',
      5: 'Exceptional',
    },
  },
];

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null);

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path: relative(folder, path).split(sep).join('/'), size: statSync(path).size, text: readFileSync(path, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

export const challenges = readdirSync(join(benchmarks, 'challenges')).map((id, i) => {
  const folder = join(benchmarks, 'challenges', id);
  const yaml = read(join(folder, 'challenge.yaml')) ?? '';
  const viewport = /viewport: *\{width: *(\d+), *height: *(\d+)\}/.exec(yaml);
  return {
    id,
    key: `challenge-${i + 1}`,
    title: /^title: *(.*)$/m.exec(yaml)?.[1] ?? id,
    kind: /^kind: *(.*)$/m.exec(yaml)?.[1] ?? 'visualization',
    prompt: read(join(folder, 'prompt.md')) ?? '',
    guidelines: read(join(folder, 'guidelines.md')),
    viewport: { width: Number(viewport?.[1] ?? 800), height: Number(viewport?.[2] ?? 600) },
    starter: files(join(folder, 'files')),
  };
});

export const outputs = challenges.flatMap((challenge) =>
  ['plain', 'careful', 'broken', 'hasty'].map((name) => ({ challenge, name, folder: join(benchmarks, 'outputs', challenge.id, 'sample', name) })),
).map((output, i) => ({ ...output, key: `item-${i + 1}`, number: i + 1, files: files(join(output.folder, 'files')) }));
