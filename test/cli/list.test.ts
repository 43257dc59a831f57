import { expect, test } from 'vitest';
import { fencepost, fixture } from './fencepost.ts';

test('lists the models of the house with their parameters, properties and changes', async () => {
  const { code, out, err } = await fencepost(['list']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^examples\/die-hard {2}Measure four litres/m);
  expect(out).toMatch(/^ {4}small +3: litres in the small jug$/m);
  expect(out).toMatch(/^ {4}fourLitres +reachable: The puzzle has a solution$/m);
  expect(out).toMatch(/^ {4}zxidIgnored +seeded: Votes are compared/m);
});

test('lists one model, of the house or a user', async () => {
  const house = await fencepost(['list', 'zookeeper/election']);
  expect(house.out).toMatch(/^zookeeper\/election {2}/);
  expect(house.out).not.toContain('die-hard');
  expect((await fencepost(['list', fixture('light.ts')])).out).toContain('somebody switches on and off');
  expect((await fencepost(['list', fixture('named.ts')])).out).toContain('One step and the end');
});

test('help names every command, and no command at all is bad input', async () => {
  const help = await fencepost(['--help']);
  const bare = await fencepost([]);
  for (const command of ['check', 'list', 'verify', 'conform']) {
    expect(help.out).toMatch(new RegExp(`^  ${command} `, 'm'));
  }
  expect({ code: help.code, err: help.err }).toEqual({ code: 0, err: '' });
  expect({ code: bare.code, out: bare.out }).toEqual({ code: 2, out: '' });
});

test('--version', async () => {
  expect(await fencepost(['--version'])).toEqual({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    err: '',
  });
});
