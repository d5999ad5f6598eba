namespace Concord.Pipeline.Datasets;

/// <summary>Writes rows of one shape to a stream, in constant memory.</summary>
public interface IRowWriter : IDisposable
{
    /// <summary>About how many bytes the rows so far take in the file.</summary>
    long Bytes { get; }

    /// <summary>Writes a row.</summary>
    /// <param name="row">One value a field, of its shape.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    void Write(object[] row);

    /// <summary>Writes what belongs to the end. Without it the file is not whole.</summary>
    void Finish();
}
