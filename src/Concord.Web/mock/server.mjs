// npm run mock [PORT]: the built page on the sample benchmark, without the host.
import { startHost } from './host.mjs';

const { url } = await startHost(Number(process.argv[2] ?? 5180));
console.log(`The page is at ${url} (npm run build first; grades are forgotten when this ends).`);
