using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;

namespace EmbeddedPowerShell;

/// <summary>The terminal's cells, cursor and keys, as System.Console gives them.</summary>
internal sealed class RawUserInterface : PSHostRawUserInterface
{
    // A pseudo-terminal may report no size at all.
    private static readonly Size FallbackSize = new(80, 40);

    private string title = string.Empty;

    /// <summary>Whether the cursor can be moved: not on a terminal of which nothing is known, or that is dumb.</summary>
    public bool CanMoveCursor { get; } =
        OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor
    {
        get => Console.BackgroundColor;
        set => Console.BackgroundColor = value;
    }

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor
    {
        get => Console.ForegroundColor;
        set => Console.ForegroundColor = value;
    }

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => Measure(() => new Size(Console.BufferWidth, Console.BufferHeight));
        set => throw new PlatformNotSupportedException();
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => Measure(() => new Size(Console.WindowWidth, Console.WindowHeight));
        set => throw new PlatformNotSupportedException();
    }

    /// <inheritdoc/>
    public override Size MaxWindowSize =>
        Measure(() => new Size(Console.LargestWindowWidth, Console.LargestWindowHeight));

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => MaxWindowSize;

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get => new(Console.CursorLeft, Console.CursorTop);
        set => Console.SetCursorPosition(Math.Max(0, value.X), Math.Max(0, value.Y));
    }

    /// <inheritdoc/>
    public override int CursorSize
    {
        get => Console.CursorSize;
        set => throw new PlatformNotSupportedException();
    }

    /// <inheritdoc/>
    public override Coordinates WindowPosition
    {
        get => new(Console.WindowLeft, Console.WindowTop);
        set => throw new PlatformNotSupportedException();
    }

    /// <inheritdoc/>
    public override string WindowTitle
    {
        // Only Windows can say what the title is.
        get => OperatingSystem.IsWindows() ? Console.Title : title;
        set
        {
            Console.Title = value;
            title = value;
        }
    }

    /// <inheritdoc/>
    public override bool KeyAvailable => Console.KeyAvailable;

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        ConsoleKeyInfo key = Console.ReadKey(intercept: options.HasFlag(ReadKeyOptions.NoEcho));
        return new KeyInfo((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    /// <inheritdoc/>
    public override int LengthInBufferCells(string source) => LengthInBufferCells(source, 0);

    /// <inheritdoc/>
    public override int LengthInBufferCells(string source, int offset) =>
        new StringDecorated(source[offset..]).ToString(OutputRendering.PlainText).Sum(LengthInBufferCells);

    /// <inheritdoc/>
    public override int LengthInBufferCells(char source) => IsWide(source) ? 2 : 1;

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new NotImplementedException();

    private static Size Measure(Func<Size> measure)
    {
        try
        {
            Size size = measure();
            return size.Width == 0 || size.Height == 0 ? FallbackSize : size;
        }
        catch (IOException)
        {
            // Windows measures no console where there is none.
            return FallbackSize;
        }
    }

    // East Asian Wide and Fullwidth of the Basic Multilingual Plane (Unicode UAX #11).
    private static bool IsWide(char c) => c switch
    {
        '\u303f' => false,
        >= '\u1100' and <= '\u115f' => true,
        '\u2329' or '\u232a' => true,
        >= '\u2e80' and <= '\ua4cf' => true,
        >= '\uac00' and <= '\ud7a3' => true,
        >= '\uf900' and <= '\ufaff' => true,
        >= '\ufe10' and <= '\ufe19' => true,
        >= '\ufe30' and <= '\ufe6f' => true,
        >= '\uff00' and <= '\uff60' => true,
        >= '\uffe0' and <= '\uffe6' => true,
        _ => false,
    };
}
