// Where a name is declared in a source file. Good enough for this repository's form (prettier), and for nobody else's.

/** @returns {number | undefined} the line, counted from one, on which the file declares the name */
export function declarationLine(source, name) {
  const word = name.replaceAll('$', '\\$');
  const declared = [
    new RegExp(
      `^\\s*(?:export )?(?:default )?(?:async )?(?:function|const|let|class|interface|type)\\s+${word}\\b`,
    ),
    // A method of a class or of an object literal.
    new RegExp(`^\\s+(?:static )?(?:async )?${word}(?:<[^>]*>)?\\(.*[{,(]$`),
  ];
  const lines = source.split('\n');
  for (const pattern of declared) {
    const index = lines.findIndex((line) => pattern.test(line));
    if (index >= 0) return index + 1;
  }
  return undefined;
}

/** Whether a test or a group of tests has exactly this title. */
export function hasTestTitle(source, title) {
  return ["'", '"', '`'].some((quote) => {
    const at = source.indexOf(`${quote}${title}${quote}`);
    return at >= 0 && /(?:\(|\)\(|,)\s*$/.test(source.slice(0, at));
  });
}
