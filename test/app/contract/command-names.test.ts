import { expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../../app/contract/command-names.ts';
import { COMMANDS } from '../../../app/contract/commands.ts';

test('the names that the preload knows are exactly the commands', () => {
  expect(COMMAND_NAMES.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
});
