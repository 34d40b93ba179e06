import { type Static, Type } from 'typebox';
import { TextBlocks } from './model.ts';

/** A conceptual topic, such as `about_Widgets`: prose alone. */
export const AboutTopic = Type.Object(
  {
    /** The Markdown file's path as it was given to the reader. */
    file: Type.String(),
    /** As `Get-Help` knows it: the file's name without `.md` or `.help.md`. */
    name: Type.String({ minLength: 1 }),
    locale: Type.Optional(Type.String({ minLength: 1 })),
    /** The remaining keys of the front matter, as written. */
    metadata: Type.Record(Type.String(), Type.Unknown()),
    /** Everything below the front matter, headings included. */
    body: TextBlocks,
  },
  { additionalProperties: false },
);
export type AboutTopic = Static<typeof AboutTopic>;
