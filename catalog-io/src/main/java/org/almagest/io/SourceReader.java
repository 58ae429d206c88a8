package org.almagest.io;

import java.util.Iterator;
import java.util.List;
import org.almagest.schema.DatasetSchema;

/**
 * The rows of one file, read as they are asked for; memory does not grow with the file.
 *
 * <p>{@link #hasNext} and {@link #next} throw {@code InvalidRequestException} or {@code LimitExceededException} that
 * names file, line and field when a row is wrong. The reader stays usable: the next call goes on with the row after it,
 * or ends where the file is damaged so that no further row can be found.
 *
 * <p>Not safe for use by several threads. Whoever opens it closes it.
 */
public interface SourceReader extends Iterator<SourceRow>, AutoCloseable {
    /** Returns the file as the caller named it. */
    String file();

    /** Returns the format that the file is read as. */
    SourceFormat format();

    /**
     * Returns the schema that all rows returned so far fit.
     *
     * <p>It is the one that the reader was opened with and grows while the file is read, where new fields are added:
     * alter the dataset before ingesting a batch whenever the schema differs from the dataset's.
     */
    DatasetSchema schema();

    /** Returns what a person should know about how the file was read so far, one sentence each; may grow. */
    List<String> notices();

    /** Returns how many bytes of the file were read so far, compressed ones where it is compressed. */
    long bytesRead();

    /** Releases the file; never throws. */
    @Override
    void close();
}
