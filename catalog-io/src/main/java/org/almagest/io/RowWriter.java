package org.almagest.io;

import java.io.Closeable;
import java.io.IOException;
import org.almagest.model.Datapoint;

/** Writes datapoints in one format. One thread; whoever opens it closes it, which completes the document. */
public interface RowWriter extends Closeable {
    /** Appends one datapoint. */
    void write(Datapoint datapoint) throws IOException;

    /** Hands to the stream below what was written so far. */
    void flush() throws IOException;
}
