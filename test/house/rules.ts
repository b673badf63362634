import type { Rule } from './rule.js';
import { circles } from './rules/circles.js';
import { floors } from './rules/floors.js';
import { oneHandlerPerJob } from './rules/jobs.js';
import { lengths, shortFunctions } from './rules/lengths.js';
import { migrations, noSynchronize } from './rules/migrations.js';
import { classNames, fileNames, plainWords } from './rules/names.js';
import { fewDependencies, noBarrels, noBaseClasses, noForwardRef } from './rules/plain-shapes.js';
import { problemsDocumented, problemsUsed } from './rules/problems.js';
import { pureLibraries } from './rules/pure-libraries.js';
import { guardedRoutes, noRawRoutes } from './rules/routes.js';
import { exampleEqualsSettings, settingsExplained } from './rules/settings.js';
import { noSqlOfStrangers, oneDoor } from './rules/statements.js';
import { noCanParse, nothingPutOff, oneClock, oneEnvironment } from './rules/surroundings.js';
import { everyReasonUsed, listedCrossings, oneWallMover } from './rules/two-walls.js';

/** The laws of the house that a machine can read. */
export const rules: readonly Rule[] = [
  ...[floors, circles, pureLibraries],
  ...[noBarrels, noForwardRef, noBaseClasses, fewDependencies],
  ...[lengths, shortFunctions, fileNames, classNames, plainWords, nothingPutOff],
  ...[oneEnvironment, oneClock, noCanParse, settingsExplained, exampleEqualsSettings],
  ...[problemsUsed, problemsDocumented],
  ...[guardedRoutes, noRawRoutes, oneHandlerPerJob],
  ...[listedCrossings, everyReasonUsed, oneWallMover, oneDoor, noSqlOfStrangers],
  ...[migrations, noSynchronize],
];
