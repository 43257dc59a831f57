#!/usr/bin/env node
import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('fencepost/package.json') as { version: string };
console.log(`fencepost ${version}`);
