import type { Kind } from '../kinds/kind.js';
import { text } from '../kinds/text.js';

const plain = text({
  maxLength: 100,
  pattern: /^[A-Za-z0-9_-]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$/,
  patternText: "letters a–z and A–Z, digits, '.', '_' and '-', with '.' neither first nor last",
});

/**
 * Names that are devices on Windows, with any ending. Source: Microsoft, "Naming Files, Paths, and Namespaces".
 */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A folder name on every system: results go to a folder of the scenario's name. */
export const folderName: Kind<string> = {
  ...plain,
  check(written, context) {
    const name = plain.check(written, context);
    if (name === undefined || !DEVICE.test(name)) return name;
    context.complain([], `${name} is a device on Windows, where no folder can have this name; choose another`);
    return undefined;
  },
};
