/** Which themes the words of a wish speak of; the server does the same: wishes/tags.py. */
export type WordsOfTags = Record<string, string[]>;

const MOST = 4;
/** A word this short is looked for whole: "cat" is no beginning of "catering". */
const WHOLE_TO = 3;
/** Letters and figures of any language, as the server's `\b` has it. */
const INNER = "[\\p{L}\\p{N}_]";

export function suggested(text: string, wordsOfTags: WordsOfTags): string[] {
  const small = text.toLowerCase();
  return Object.entries(wordsOfTags)
    .map(([slug, words]) => ({ slug, times: countOf(small, words) }))
    .filter(({ times }) => times > 0)
    .sort((one, other) => other.times - one.times)
    .slice(0, MOST)
    .map(({ slug }) => slug);
}

function countOf(text: string, words: string[]): number {
  const parts = words.map((word) => {
    const plain = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return word.length <= WHOLE_TO ? `${plain}(?!${INNER})` : plain;
  });
  const pattern = new RegExp(`(?<!${INNER})(?:${parts.join("|")})`, "gu");
  return text.match(pattern)?.length ?? 0;
}
