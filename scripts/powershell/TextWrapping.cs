using System.Management.Automation.Host;
using System.Text;
using System.Text.RegularExpressions;

namespace EmbeddedPowerShell;

/// <summary>Breaks the text of prompts into lines.</summary>
internal static partial class TextWrapping
{
    /// <summary>Breaks a text between words, or within a word that is longer than a line.</summary>
    public static string Wrap(string text, int width, PSHostRawUserInterface cells)
    {
        var lines = new List<string>();
        foreach (string paragraph in text.Replace('\t', ' ').Split('\n'))
        {
            var line = new StringBuilder();
            int length = 0;
            foreach (Match match in WordOrSpaces().Matches(paragraph))
            {
                foreach (string piece in match.Value.Chunk(Math.Max(1, width)).Select(chunk => new string(chunk)))
                {
                    int pieceLength = cells.LengthInBufferCells(piece);
                    if (length > 0 && length + pieceLength > width)
                    {
                        lines.Add(line.ToString());
                        line.Clear();
                        length = 0;
                    }

                    line.Append(piece);
                    length += pieceLength;
                }
            }

            lines.Add(line.ToString());
        }

        return string.Join(Environment.NewLine, lines);
    }

    [GeneratedRegex(" +|[^ ]+")]
    private static partial Regex WordOrSpaces();
}
