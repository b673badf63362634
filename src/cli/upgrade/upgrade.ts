import type { Command } from '../command.js';
export const upgrade: Command = { summary: '', help: '', run: () => Promise.resolve(0) };
