import type { CommandInput, CommandName, CommandOutput } from '../contract/commands.ts';

/** What does each command. */
export type Handlers<N extends CommandName = CommandName> = {
  readonly [C in N]: (input: CommandInput<C>) => CommandOutput<C> | Promise<CommandOutput<C>>;
};
