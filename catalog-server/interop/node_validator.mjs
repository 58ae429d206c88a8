// stac-node-validator over answers of ours, with the schemas that come with pystac: nothing else is fetched.
// $STAC is the landing page, $SCHEMAS the folder of the schemas, $NODE_MODULES where the validator is installed.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.NODE_MODULES, 'package.json'));
const loaded = require('stac-node-validator');
const validate = loaded.default ?? loaded;

const PLACES = [
  [/^https:\/\/schemas\.stacspec\.org\/v1\.1\.0\/(?:catalog|collection|item)-spec\/json-schema\//, 'stac-spec/v1.1.0/'],
  [/^https?:\/\/geojson\.org\/schema\//, 'geojson/'],
];

async function loader(uri) {
  for (const [address, place] of PLACES) {
    if (address.test(uri)) {
      return JSON.parse(readFileSync(join(process.env.SCHEMAS, place + uri.replace(address, '')), 'utf8'));
    }
  }
  throw new Error(`${uri} did not come with pystac`);
}

const get = async (path) => (await fetch(process.env.STAC + path)).json();
const asked = [
  await get(''),
  ...(await get('/collections')).collections,
  ...(await get('/search?limit=50')).features,
  await get('/collections/fixture/items/fixture-00007'),
];
let wrong = 0;
for (const object of asked) {
  const report = await validate(object, { loader });
  if (!report.valid) {
    wrong++;
    console.error(`${object.type} ${object.id}: ${JSON.stringify(report.results ?? report.messages).slice(0, 500)}`);
  }
}
console.log(`stac-node-validator: ${asked.length} objects, ${wrong} wrong`);
process.exitCode = wrong === 0 && asked.length > 50 ? 0 : 1;
