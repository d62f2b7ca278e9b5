// Every rule, under the sentence it holds us to.
import * as banned from './rules/banned.mjs';
import * as floors from './rules/floors.mjs';
import * as lists from './rules/lists.mjs';
import * as size from './rules/size.mjs';
import * as words from './rules/words.mjs';

export const rules = {
  'a floor includes only itself and what is below': floors.floors,
  'each library has one door': floors.doors,
  'includes are written from the root': floors.includesFromRoot,
  'includes stand in order': floors.includeOrder,
  'header guards carry the path': floors.headerGuards,
  'no file is past 500 lines': size.fileLength,
  'no function is past 60 lines': size.functionLength,
  'no line of C is past 80 columns': size.lineWidth,
  "a function's brace stands alone": size.bracesAlone,
  'banned calls are not made': banned.bannedCalls,
  'structs are written out': banned.noTypedefStruct,
  'SQL stays in db': banned.sqlInDb,
  'pages never make HTML of text': banned.noHtmlFromText,
  'nothing strays at the top': lists.topLevel,
  'every source is listed, every header used': lists.sourcesListed,
  'source lists have no globs': lists.noGlobs,
  'every SQL file is embedded': lists.sqlListed,
  'no place of one machine is named': lists.noPlaces,
  'both languages say the same things': words.languages,
  'every failure has its sentence': words.errorSentences,
  'text is clean': words.cleanText,
};
